"""Suggested changes: made with a reason, looked at as a difference, decided on by author or reviewers, credited."""

import pytest

from community.events.models import Event
from community.notifications.models import EmailDelivery, Notification
from community.policy.blackout import Blackout
from community.refusals import Refusal, Stale
from forums.threads.models import Draft, Post, Suggestion
from forums.threads.redacting import redact
from forums.threads.suggesting import accept, decline, suggest, take_suggestions, withdraw
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers, one_line

OLD = "Turn LE Audio off in the app.\nThen pair the earbuds again.\nWait for the tone."
NEW = OLD.replace("in the app", "in the settings of the app")


@pytest.fixture
def question(cast):
    return ana_asks(cast)


@pytest.fixture
def post(cast, question):
    return ben_answers(cast, question, source=OLD)


@pytest.fixture
def suggestion(cast, post):
    return suggest(post, NEW, by=cast.chris, reason="It moved with fw 3.2", version=1)


def test_chris_suggests_and_ben_is_told(client, cast, post):
    client.force_login(cast.chris)
    assert f"/posts/{post.pk}/suggest/" in client.get(post.thread.get_absolute_url()).content.decode()
    page = client.get(f"/posts/{post.pk}/suggest/")
    assert OLD.splitlines()[1] in page.content.decode()
    form = {"text": NEW, "version": 1, "reason": "It moved with fw 3.2"}
    assert client.post(f"/posts/{post.pk}/suggest/", form).status_code == 302
    work()
    told = Notification.objects.get(person=cast.ben, kind="edits")
    assert "chris suggests a change" in told.text
    assert "It moved with fw 3.2" in EmailDelivery.objects.get(person=cast.ben, kind="edits").text
    post.refresh_from_db()
    assert post.source == OLD
    client.force_login(cast.ben)
    assert "<ins>" in client.get(told.url).content.decode()


def test_ben_accepts_and_chris_is_credited_everywhere(client, cast, post, suggestion):
    client.force_login(cast.ben)
    decided = client.post("/suggestions/decide/", {"chosen": [suggestion.pk], "deed": "accept"})
    assert decided.status_code == 302
    post.refresh_from_db()
    assert post.source == NEW
    assert (post.author, post.editor, post.is_suggested) == (cast.ben, cast.chris, True)
    client.logout()
    assert "Edited by chris" in one_line(client.get(post.thread.get_absolute_url()))
    history = one_line(client.get(f"/posts/{post.pk}/history/"))
    assert "suggested" in history
    assert 'href="/people/chris/"' in history
    work()
    assert "taken over" in Notification.objects.get(person=cast.chris, kind="edits").text


def test_the_next_edit_keeps_whose_wording_was_whose(cast, post, suggestion):
    accept(suggestion, by=cast.ben)
    post.refresh_from_db()
    post.edit(NEW + " Really.", by=cast.ben, version=2)
    second = post.revisions.get(number=2)
    assert (second.editor, second.is_suggested) == (cast.chris, True)
    post.refresh_from_db()
    assert post.editor is None


def test_declining_needs_a_reason_and_tells_it(client, cast, post, suggestion):
    client.force_login(cast.ben)
    no = {"chosen": [suggestion.pk], "deed": "decline"}
    assert client.post("/suggestions/decide/", no).status_code == 422
    assert client.post("/suggestions/decide/", {**no, "reason": "It is still in the app here."}).status_code == 302
    work()
    told = Notification.objects.get(person=cast.chris, kind="edits")
    client.force_login(cast.chris)
    assert "It is still in the app here." in client.get(told.url).content.decode()


def test_many_are_decided_at_once_and_each_by_itself(client, cast, question):
    posts = [ben_answers(cast, question, source=f"{OLD} Number {number}.") for number in range(3)]
    rows = [suggest(one, f"{one.source} Yes.", by=cast.chris, reason="Yes", version=1) for one in posts]
    posts[1].edit("Something else altogether now, in every word of it.", by=cast.ben, version=1)
    client.force_login(cast.hana)
    page = client.get("/suggestions/").content.decode()
    assert page.count('data-testid="suggestion"') == 3
    reply = client.post("/suggestions/decide/", {"chosen": [row.pk for row in rows], "deed": "accept"})
    assert reply.status_code == 409
    assert "The text has changed since, at the same place." in one_line(reply)
    assert list(Suggestion.objects.order_by("pk").values_list("state", flat=True)) == [
        "accepted",
        "waiting",
        "accepted",
    ]


def test_a_change_elsewhere_stays_and_one_at_the_same_place_shows_the_newer_text(client, cast, post, suggestion):
    post.edit(OLD.replace("tone", "second tone"), by=cast.ben, version=1)
    accept(suggestion, by=cast.ben, seen=2)
    post.refresh_from_db()
    assert post.source == NEW.replace("tone", "second tone")
    late = suggest(post, post.source.replace("second", "third"), by=cast.chris, reason="Three", version=3)
    post.edit(post.source.replace("second", "last"), by=cast.ben, version=3)
    client.force_login(cast.ben)
    reply = client.post("/suggestions/decide/", {"chosen": [late.pk], "deed": "accept", "alone": "1", "seen": "4"})
    assert reply.status_code == 409
    assert "The text as it is now" in reply.content.decode()
    assert "the last tone" in reply.content.decode()


def test_a_reviewer_who_looked_at_an_older_text_is_told(cast, post, suggestion):
    post.edit(OLD + " Again.", by=cast.ben, version=1)
    with pytest.raises(Stale):
        accept(suggestion, by=cast.ben, seen=1)


def test_somebody_who_writes_while_the_text_changes_gets_both(client, cast, post):
    post.edit(OLD + " Again.", by=cast.ben, version=1)
    client.force_login(cast.chris)
    reply = client.post(f"/posts/{post.pk}/suggest/", {"text": NEW, "version": 1, "reason": "It moved"})
    assert reply.status_code == 409
    assert 'data-testid="newer"' in reply.content.decode()
    assert "in the settings of the app" in reply.content.decode()


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("ben", True),
        ("ana", False),
        ("chris", False),
        ("mallory", False),
        ("hana", True),
        ("dora", True),
        ("leo", False),
    ],
)
def test_author_and_reviewers_decide_and_nobody_else(client, cast, post, suggestion, name, may):
    person = getattr(cast, name)
    client.force_login(person)
    client.post("/suggestions/decide/", {"chosen": [suggestion.pk], "deed": "accept"})
    suggestion.refresh_from_db()
    assert (suggestion.state == "accepted") is may
    if not may:
        with pytest.raises(Refusal):
            decline(suggestion, by=person, reason="No")
    sees = may or name == "chris"
    assert client.get(f"/suggestions/{suggestion.pk}/").status_code == (200 if sees else 404)


def test_a_champion_decides_from_a_level_on(cast, question, settings):
    opening = question.thread.posts.get(kind="opening")
    row = suggest(opening, opening.source + " With two phones.", by=cast.chris, reason="Both", version=1)
    settings.REVIEW_EDITS_FROM_LEVEL = 4
    with pytest.raises(Refusal):
        accept(row, by=cast.ben)
    settings.REVIEW_EDITS_FROM_LEVEL = 3
    accept(row, by=cast.ben)
    question.thread.refresh_from_db()
    assert question.thread.posts.get(kind="opening").editor == cast.chris


def test_the_author_may_want_none(client, cast, post, suggestion):
    client.force_login(cast.ben)
    assert "Take no suggestions" in client.get(f"/posts/{post.pk}/edit/").content.decode()
    client.post(f"/posts/{post.pk}/take-suggestions/", {"takes": "0"})
    post.refresh_from_db()
    assert not post.takes_suggestions
    client.force_login(cast.leo)
    assert client.get(f"/posts/{post.pk}/suggest/").status_code == 403
    with pytest.raises(Refusal):
        suggest(post, NEW, by=cast.leo, reason="It moved", version=1)
    with pytest.raises(Refusal):
        take_suggestions(post, True, by=cast.leo)
    assert Event.objects.filter(verb="post.takes_no_suggestions").count() == 1


def test_what_is_private_or_unchanged_or_without_a_reason_is_given_back(client, cast, post):
    client.force_login(cast.chris)
    for text, reason in ((OLD, "Same"), (NEW, ""), (f"{NEW} Write to chris.private@mail.test", "Mail")):
        reply = client.post(f"/posts/{post.pk}/suggest/", {"text": text, "version": 1, "reason": reason})
        assert reply.status_code == 422
        assert text.splitlines()[2].split("@")[0] in reply.content.decode()
    assert not Suggestion.objects.exists()


def test_a_second_one_takes_the_place_of_the_first_and_can_be_taken_back(cast, post, suggestion):
    again = suggest(post, NEW + " Both sides.", by=cast.chris, reason="Both", version=1)
    assert again.pk == suggestion.pk
    withdraw(again, by=cast.chris)
    withdraw(again, by=cast.chris)
    assert Event.objects.filter(verb="suggestion.withdrawn").count() == 1
    with pytest.raises(Refusal):
        accept(again, by=cast.ben)


def test_nobody_floods_the_authors(cast, question, settings):
    settings.SUGGESTIONS_WAITING = 1
    first, second = (ben_answers(cast, question, source=f"{OLD} {n}") for n in range(2))
    suggest(first, NEW, by=cast.chris, reason="It moved", version=1)
    with pytest.raises(Refusal) as refused:
        suggest(second, NEW, by=cast.chris, reason="It moved", version=1)
    assert refused.value.status == 429


def test_a_draft_of_a_suggestion_is_there_again_and_goes_when_it_is_sent(client, cast, post):
    client.force_login(cast.chris)
    client.post("/drafts/", {"place": f"suggest:{post.pk}", "text": NEW + " Half", "version": 0})
    assert "Half" in client.get(f"/posts/{post.pk}/suggest/").content.decode()
    client.post(f"/posts/{post.pk}/suggest/", {"text": NEW, "version": 1, "reason": "It moved"})
    assert not Draft.objects.exists()


def test_authors_and_moderators_edit_instead(client, cast, post):
    for name in ("ben", "hana"):
        client.force_login(getattr(cast, name))
        assert client.get(f"/posts/{post.pk}/suggest/")["Location"] == f"/posts/{post.pk}/edit/"
    client.force_login(cast.ben)
    assert f"/posts/{post.pk}/suggest/" not in client.get(post.thread.get_absolute_url()).content.decode()


def test_what_is_blacked_out_goes_from_suggestions_too(cast, post, suggestion):
    redact(post, Blackout(words=("settings of the app",)), by=cast.hana)
    suggestion.refresh_from_db()
    assert "settings of the app" not in suggestion.source
    assert Post.objects.get(pk=post.pk).source == OLD
