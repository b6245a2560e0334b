"""Blacking out private details: gone from the text and every copy that the site keeps, with a marker that says so."""

import pytest
from django.core.cache import cache

from community.events.models import Event
from community.files.models import Attachment
from community.live.fragments import PREFIX, shelf
from community.notifications.models import EmailDelivery, Notification
from community.policy.blackout import Blackout
from community.refusals import Refusal, Stale
from community.search.models import Document
from forums.questions.models import Question
from forums.threads.copies import cover_copies
from forums.threads.models import Draft, Post, Redaction, Revision
from forums.threads.redacting import redact
from forums.threads.replying import answer, comment
from tests.jobs import work
from tests.scenes import ben_answers, one_line

CARD = "4111 1111 1111 1111"
PHONE = "+49 30 901820"
TITLE = f"Order of Anna Schmidt: call {PHONE} please"


@pytest.fixture
def question(cast):
    return Question.objects.ask(
        by=cast.ana,
        title=TITLE,
        source=f"My card {PHONE} was charged twice. Anna Schmidt, since Monday, for the Beam 2.",
        product=cast.beam2,
        keep=("phone",),
    )


@pytest.fixture
def opening(question):
    return question.thread.posts.get(kind="opening")


def black_card(post: Post) -> Post:
    """A card number that came in before the gate knew such numbers."""
    text = post.source.replace(PHONE, CARD)
    Post.objects.filter(pk=post.pk).update(source=text, html=f"<p>{text}</p>")
    post.refresh_from_db()
    return post


def everywhere() -> str:
    """Every text of the tables that may hold words of a post."""
    rows = [
        *Post.objects.values_list("source", "html"),
        *Revision.objects.values_list("title", "source", "reason"),
        *Draft.objects.values_list("title", "text"),
        *Question.objects.values_list("thread__title", "thread__slug", "thread__excerpt"),
        *EmailDelivery.objects.values_list("subject", "text", "html"),
        *Notification.objects.values_list("text", "url"),
        *Document.objects.values_list("title", "url", "passages"),
        *Event.objects.values_list("details"),
    ]
    return " ".join(str(row) for row in rows) + str(list(shelf.texts.values()))


def test_ac_mod_9_staff_redact_and_the_value_is_nowhere(
    client, cast, question, opening, django_capture_on_commit_callbacks
):
    url = question.get_absolute_url()
    opening.edit(f"{opening.source} It was {PHONE} too.", by=cast.ana, version=1, reason=PHONE, keep=("phone",))
    answer(question.thread, by=cast.ben, source=f"You wrote {PHONE}, did you call?", keep=("phone",))
    Draft.objects.keep(by=cast.chris, place=f"thread:{question.pk}", text=f"About {PHONE}: wait.")
    question.thread.posts.get(kind="answer").vote(by=cast.ana)
    work()
    client.get(url)
    client.get(f"/posts/{opening.pk}/history/")
    assert PHONE in everywhere()
    client.force_login(cast.dora)
    page = client.get(f"/posts/{opening.pk}/redact/")
    assert '<mark class="to-cover">' + PHONE in page.content.decode()
    assert "1 other post on this page repeats it" in one_line(page)
    form = {"kinds": ["phone"], "words": "anna  schmidt", "words_are": "name", "version": 2}
    looked = client.post(f"/posts/{opening.pk}/redact/", {**form, "look": "1"})
    assert '<mark class="to-cover">Anna Schmidt</mark>' in looked.content.decode()
    assert PHONE in everywhere()
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(f"/posts/{opening.pk}/redact/", form)
    assert sent["Location"] == f"/posts/{opening.pk}/history/"
    work()
    left = everywhere()
    assert "901820" not in left
    assert "Schmidt" not in left
    assert "anna-schmidt" not in left
    client.logout()
    question.thread.refresh_from_db()
    for path in (question.thread.get_absolute_url(), f"/posts/{opening.pk}/history/", f"/posts/{opening.pk}/"):
        assert "901820" not in client.get(path, follow=True).content.decode()
    for path in ("/search/?q=charged+twice", "/feeds/questions/newest/", "/questions/"):
        assert "901820" not in client.get(path).content.decode()


def test_the_history_says_what_kind_of_thing_it_was_and_the_audit_no_more(client, cast, opening):
    redact(black_card(opening), Blackout(kinds=frozenset({"card"})), by=cast.dora)
    page = one_line(client.get(f"/posts/{opening.pk}/history/"))
    assert "Blacked out by the team: a card number." in page
    event = Event.objects.get(verb="post.redacted")
    assert event.details == {"kinds": ["card"], "places": 1}
    client.force_login(cast.jo)
    audit = one_line(client.get("/desk/actions/"))
    assert "blacked out private details in a text: card" in audit
    assert "4111" not in audit


def test_the_author_is_told_what_kind_of_thing_it_was(cast, opening):
    redact(opening, Blackout(kinds=frozenset({"phone"})), by=cast.dora)
    work()
    told = Notification.objects.get(person=cast.ana, kind="edits")
    assert "901820" not in told.text


def test_a_mail_whose_excerpt_was_cut_inside_the_value_is_covered_too(cast, question):
    post = ben_answers(cast, question, source="It is long. " * 40 + "Write to 4111 1111 1111 1112, Ben.")
    work()
    mail = EmailDelivery.objects.filter(person=cast.ana).latest("pk")
    EmailDelivery.objects.filter(pk=mail.pk).update(text="He wrote: 4111 1111…\n")
    redact(post, Blackout(words=("4111 1111 1111 1112",)), by=cast.dora)
    mail.refresh_from_db()
    assert "4111" not in mail.text


def test_a_form_that_was_opened_before_cannot_bring_it_back(client, cast, opening):
    redact(opening, Blackout(kinds=frozenset({"phone"})), by=cast.dora)
    client.force_login(cast.ana)
    edit = {"title": TITLE, "text": f"Once more {PHONE} for the Beam 2.", "version": 1, "keep": "1"}
    assert client.post(f"/posts/{opening.pk}/edit/", edit).status_code == 409
    with pytest.raises(Stale):
        redact(opening, Blackout(words=("Monday",)), by=cast.dora, version=1)


def test_a_picture_is_taken_out_with_its_bytes(cast, question):
    kept = Attachment.objects.keep("bill.txt", b"the bill of Anna Schmidt", by=cast.ben)
    post = answer(question.thread, by=cast.ben, source=f"Here it is: {kept.markdown}")
    comment(post, by=cast.chris, source="Thank you, that was it, all of it.")
    redact(post, Blackout(files=frozenset({kept.key})), by=cast.hana)
    post.refresh_from_db()
    assert kept.key not in post.source
    assert not Attachment.objects.filter(pk=kept.pk).exists()
    assert Redaction.objects.get(post=post).kinds == ["picture"]


def test_nothing_to_cover_is_said_and_nothing_changes(client, cast, opening):
    client.force_login(cast.dora)
    sent = client.post(f"/posts/{opening.pk}/redact/", {"words": "Nobody Here", "words_are": "name", "version": 1})
    assert sent.status_code == 422
    assert "None of that stands in this text" in sent.content.decode()
    assert client.post(f"/posts/{opening.pk}/redact/", {"words": "a", "version": 1}).status_code == 422
    assert not Redaction.objects.exists()


@pytest.mark.parametrize(
    ("name", "status"),
    [("mallory", 404), ("ana", 404), ("ben", 404), ("ivo", 403), ("gil", 404), ("emil", 200), ("hana", 200)],
)
def test_only_the_team_of_the_brand_blacks_out(client, cast, opening, name, status):
    client.force_login(getattr(cast, name))
    assert client.get(f"/posts/{opening.pk}/redact/").status_code == status
    if status != 200:
        with pytest.raises(Refusal):
            redact(opening, Blackout(kinds=frozenset({"phone"})), by=getattr(cast, name))


def test_members_do_not_see_the_way_there(client, cast, opening):
    for name, is_there in (("ana", False), ("dora", True)):
        client.force_login(getattr(cast, name))
        page = client.get(f"/posts/{opening.pk}/history/").content.decode()
        assert (f"/posts/{opening.pk}/redact/" in page) is is_there


def test_a_number_in_the_title_goes_from_the_address_too(client, cast, question, opening):
    old = question.get_absolute_url()
    assert "901820" in old
    redact(opening, Blackout(kinds=frozenset({"phone"})), by=cast.dora)
    question.thread.refresh_from_db()
    assert "901820" not in question.thread.get_absolute_url()
    assert client.get(old).status_code == 301


def test_copies_are_left_alone_when_they_say_something_else(cast, opening):
    mail = EmailDelivery.objects.create(key="k", message_id="m", recipient="a@example.org", text="Call me", html="Call")
    blackout = Blackout(words=("Anna",))
    blackout.learn("Anna")
    cover_copies(opening, blackout, opening.thread.slug)
    mail.refresh_from_db()
    assert mail.text == "Call me"
    assert not cache.get(PREFIX)
