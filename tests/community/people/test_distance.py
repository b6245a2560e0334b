"""Keeping one's distance: ignoring folds and silences, blocking silences; nobody learns of either."""

import pytest

from community.events.models import Event
from community.notifications.watched import level_of, set_level
from community.people.distance import Block, Ignore, block, ignore
from forums.questions.models import Question
from forums.threads.replying import answer, comment
from moderation.actions.trail import trail
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers


@pytest.fixture
def question(cast):
    return ana_asks(cast)


def told(person) -> list[str]:
    work()
    return list(person.notifications.order_by("pk").values_list("kind", flat=True))


def test_ignoring_from_a_page_folds_what_they_write_and_can_be_undone_in_the_settings(client, cast, question):
    given = ben_answers(cast, question)
    remark = comment(given, by=cast.leo, source="The same here, on two phones of mine.")
    client.force_login(cast.chris)
    assert "folded" not in client.get(question.get_absolute_url()).content.decode()
    back = client.post(f"/settings/distance/{cast.ben.pk}/ignore/", follow=True)
    assert back.redirect_chain[-1][0] == "/people/ben/"
    assert "You ignore ben" in back.content.decode()
    page = client.get(question.get_absolute_url()).content.decode()
    assert page.count('class="folded"') == 1
    assert "You ignore ben." in page
    before, _summary, after = page.partition('class="folded"')
    assert f'id="post-{given.pk}"' not in before
    assert f'id="post-{given.pk}"' in after
    client.post(f"/settings/distance/{cast.leo.pk}/ignore/")
    page = client.get(question.get_absolute_url()).content.decode()
    assert page.count('class="folded"') == page.count("</details>") - page.count("<details") + 2
    assert page.partition(f'id="post-{remark.pk}"')[0].count('class="folded"') == 2
    listed = client.get("/settings/distance/").content.decode()
    assert ">ben<" in listed
    assert ">leo<" in listed
    undone = client.post(f"/settings/distance/{cast.ben.pk}/read-again/", {"list": "1"}, follow=True)
    assert undone.redirect_chain[-1][0] == "/settings/distance/"
    assert "You ignore ben." not in client.get(question.get_absolute_url()).content.decode()


def test_a_kept_page_of_somebody_who_ignores_is_nobody_elses(client, cast, question):
    ben_answers(cast, question)
    ignore(cast.ben, by=cast.chris)
    for person, folds in ((cast.chris, 1), (cast.mallory, 0), (cast.chris, 1), (cast.ben, 0)):
        client.force_login(person)
        assert client.get(question.get_absolute_url()).content.decode().count('class="folded"') == folds
    client.logout()
    assert "folded" not in client.get(question.get_absolute_url()).content.decode()


def test_who_is_ignored_or_blocked_tells_nobody_anything(cast, question):
    ignore(cast.ben, by=cast.ana)
    block(cast.chris, by=cast.ana)
    ben_answers(cast, question)
    given = answer(question.thread, by=cast.chris, source="@ana it is the cable, I am sure of it.")
    comment(question.thread.posts.get(kind="opening"), by=cast.chris, source="@ana did you read what I wrote?")
    assert told(cast.ana) == []
    question.accept(given, by=cast.ana)
    assert "solution" in told(cast.chris)  # the other way it works as ever


def test_others_still_hear_of_what_the_blocked_write(cast, question):
    leo = cast.leo
    block(cast.chris, by=cast.ana)
    answer(question.thread, by=cast.chris, source="@leo it is the cable, I am sure of it.")
    assert told(cast.ana) == []
    assert told(leo) == ["mention"]


def test_the_team_cannot_be_blocked_by_a_customer_but_ignored(client, cast):
    client.force_login(cast.ana)
    page = client.get(cast.dora.get_absolute_url()).content.decode()
    assert "/ignore/" in page
    assert "/block/" not in page
    client.post(f"/settings/distance/{cast.dora.pk}/block/")
    assert not Block.objects.exists()
    client.post(f"/settings/distance/{cast.dora.pk}/ignore/")
    assert Ignore.objects.get().other == cast.dora


def test_what_the_team_decides_reaches_also_those_who_ignore_it(cast, question):
    ignore(cast.dora, by=cast.ben)
    given = ben_answers(cast, question)
    question.verify(given, by=cast.dora, product_version=cast.fw32)
    assert "verified" in told(cast.ben)


def test_staff_who_block_a_customer_still_answer_them(cast, question):
    block(cast.ana, by=cast.dora)
    answer(question.thread, by=cast.dora, source="A new firmware comes soon.", as_staff=True)
    assert told(cast.ana) == ["answer"]


def test_nobody_learns_of_it(client, cast, question):
    client.force_login(cast.ana)
    client.post(f"/settings/distance/{cast.ben.pk}/ignore/")
    client.post(f"/settings/distance/{cast.ben.pk}/block/")
    work()
    assert not cast.ben.notifications.exists()
    client.force_login(cast.ben)
    for address in ("/people/ana/", "/settings/distance/", question.get_absolute_url(), "/notifications/"):
        page = client.get(address).content.decode()
        assert "ana has blocked" not in page
        assert "data-ignored" not in page
    client.force_login(cast.jo)
    verbs = set(trail().filter(actor=cast.ana).values_list("verb", flat=True))
    assert not verbs & {"person.ignored", "person.blocked"}
    assert Event.objects.filter(verb="person.blocked").exists()
    assert "blocked somebody" not in client.get("/desk/actions/?person=ana").content.decode()


def test_the_pages_are_for_the_signed_in_and_their_own(client, cast):
    assert client.get("/settings/distance/").status_code == 302
    assert client.post(f"/settings/distance/{cast.ben.pk}/ignore/").status_code == 302
    assert not Ignore.objects.exists()
    ignore(cast.ben, by=cast.ana)
    client.force_login(cast.mallory)
    assert ">ben<" not in client.get("/settings/distance/").content.decode()
    client.post(f"/settings/distance/{cast.ben.pk}/read-again/")
    assert Ignore.objects.filter(person=cast.ana).exists()
    assert client.get(f"/settings/distance/{cast.ben.pk}/ignore/").status_code == 405
    assert client.post("/settings/distance/999999/ignore/").status_code == 404


def test_nobody_ignores_themselves(client, cast):
    client.force_login(cast.ana)
    assert "keep-away" not in client.get("/people/ana/").content.decode()
    client.post(f"/settings/distance/{cast.ana.pk}/ignore/")
    assert not Ignore.objects.exists()


def test_the_blocked_follow_in_vain(cast):
    for follower in (cast.chris, cast.mallory):
        set_level(follower, f"person:{cast.ben.pk}", "watch")
    block(cast.mallory, by=cast.ben)
    question = Question.objects.ask(by=cast.ben, title="Where do I find older firmware?", source="I collect them all.")
    work()
    assert cast.chris.notifications.filter(url__contains=f"/questions/{question.pk}/").exists()
    assert not cast.mallory.notifications.exists()
    assert level_of(cast.mallory, f"person:{cast.ben.pk}") == "watch"  # nothing tells them why
