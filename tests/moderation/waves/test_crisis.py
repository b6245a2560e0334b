"""AC-MOD-3, crisis mode: what is stricter for people nobody knows, who said so and why, and that it ends by itself."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, TestCase
from django.utils import timezone

from community.events.models import Event
from community.people.crisis import LONGEST, Crisis, Measures
from community.refusals import Refusal
from forums.threads.replying import answer
from moderation.waves.tasks import end_crisis
from tests.jobs import work

TWO_HOURS = timedelta(hours=2)


def start(cast, **measures):
    measures = Measures(**(measures or {"holds_first_posts": True}))
    return Crisis.objects.start(measures, by=cast.hana, reason="A wave of cables", until=timezone.now() + TWO_HOURS)


def test_ac_mod_3_hold_first_posts_for_two_hours_turns_itself_off(cast, question, spammers, time_machine):
    time_machine.move_to(timezone.now())
    start(cast)
    held = answer(question.thread, by=spammers[0], source="Have you tried another phone?")
    assert held.is_hidden
    time_machine.shift(timedelta(hours=1, minutes=59))
    assert answer(question.thread, by=spammers[1], source="Have you tried another phone?").is_hidden
    time_machine.shift(timedelta(minutes=2))
    assert not answer(question.thread, by=spammers[2], source="Have you tried another phone?").is_hidden
    end_crisis(timestamp=0)
    row = Crisis.objects.get()
    assert (row.is_open, row.ended_by, row.ended_why) == (None, None, "its time was over")
    assert Event.objects.filter(verb="crisis.ended", actor=None).count() == 1


def test_known_members_and_the_team_notice_nothing(cast, question):
    start(cast, holds_first_posts=True, holds_links=True, slow_minutes=30)
    for person in (cast.ben, cast.dora):
        for _time in range(2):
            source = "Look at https://support.example/a, it is well described there."
            assert not answer(question.thread, by=person, source=source).is_hidden


def test_who_had_published_before_is_no_stranger(cast, question, spammers, time_machine):
    time_machine.move_to(timezone.now() - timedelta(hours=2))
    answer(question.thread, by=spammers[0], source="Have you tried another phone?")
    time_machine.shift(timedelta(hours=2))
    start(cast)
    assert not answer(question.thread, by=spammers[0], source="And which phone is it, please?").is_hidden


def test_links_wait_and_a_slow_pace_says_how_long(cast, question, spammers, time_machine):
    time_machine.move_to(timezone.now())
    start(cast, holds_links=True, slow_minutes=10)
    assert answer(question.thread, by=spammers[0], source="See https://a.example/b for it").is_hidden
    with pytest.raises(Refusal, match="10 minutes") as refused:
        answer(question.thread, by=spammers[0], source="And another one, sorry.")
    assert refused.value.status == 429
    time_machine.shift(timedelta(minutes=11))
    assert not answer(question.thread, by=spammers[0], source="And another one, sorry.").is_hidden


def test_nobody_joins_while_it_says_so(client, cast):
    start(cast, pauses_sign_up=True)
    assert b"username" not in client.get("/account/signup/").content
    Crisis.objects.get().end(by=cast.hana, reason="Over")
    assert b"username" in client.get("/account/signup/").content


def test_each_step_is_a_deed_with_a_reason(client, cast):
    client.force_login(cast.hana)
    given = {"holds_first_posts": "on", "hours": "2", "slow_minutes": "0"}
    assert client.post("/desk/flags/crisis/", given).status_code == 422, "no reason"
    client.post("/desk/flags/crisis/", {**given, "reason": "Cables everywhere"})
    client.post("/desk/flags/crisis/", {**given, "holds_links": "on", "hours": "6", "reason": "Links now"})
    client.post("/desk/flags/crisis/end/", {"reason": "It is quiet"})
    steps = Event.objects.filter(verb__startswith="crisis.").order_by("pk")
    assert [step.verb for step in steps] == ["crisis.started", "crisis.changed", "crisis.ended"]
    assert [step.details["reason"] for step in steps] == ["Cables everywhere", "Links now", "It is quiet"]
    assert {step.actor for step in steps} == {cast.hana}


def test_all_staff_see_it_on_every_page_of_the_desk(client, cast):
    start(cast)
    for person in (cast.emil, cast.fay, cast.hana):
        client.force_login(person)
        page = client.get("/desk/").content.decode()
        assert 'data-testid="crisis-bar"' in page
        assert "A wave of cables" in page
        assert ("/desk/flags/waves/" in page) == (person == cast.hana)


def test_it_cannot_be_forgotten_and_nobody_starts_it_without_leave(cast):
    row = Crisis.objects.start(
        Measures(holds_links=True), by=cast.hana, reason="Long", until=timezone.now() + timedelta(days=90)
    )
    assert row.until <= timezone.now() + LONGEST
    with pytest.raises(Refusal, match="already"):
        start(cast)
    row.end(by=cast.hana, reason="Enough")
    for person, reason, measures in (
        (cast.dora, "Why not", Measures(holds_links=True)),
        (cast.hana, " ", Measures(holds_links=True)),
        (cast.hana, "Nothing", Measures()),
        (None, "Nobody", Measures(holds_links=True)),
    ):
        with pytest.raises(Refusal):
            Crisis.objects.start(measures, by=person, reason=reason, until=timezone.now() + TWO_HOURS)
    work()


@contextmanager
def committed():
    """What waits for the commit is done at the end, as if each of these were a transaction of its own."""
    connection.run_on_commit.clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        yield


def test_what_the_manager_says_stands_above_every_page_and_ends_with_it(client, cast, question, time_machine):
    time_machine.move_to(timezone.now())
    words = "We look at first posts before they appear, until this evening."
    client.force_login(cast.hana)
    given = {"holds_first_posts": "on", "hours": "2", "slow_minutes": "0", "reason": "Cables", "notice": words}
    pages = ["/", question.get_absolute_url(), "/questions/"]
    readers = [Client(), Client()]
    readers[1].force_login(cast.ana)
    assert not any(words in reader.get(page).content.decode() for reader in readers for page in pages)
    with committed():
        client.post("/desk/flags/crisis/", given)
    assert all(words in reader.get(page).content.decode() for reader in readers for page in pages)
    other = {**given, "notice": "It is calmer. First posts wait a little.", "reason": "Calmer"}
    with committed():
        client.post("/desk/flags/crisis/", other)
    assert not any(words in reader.get(page).content.decode() for reader in readers for page in pages)
    time_machine.shift(timedelta(hours=2, minutes=1))
    with committed():
        end_crisis(timestamp=0)
    assert not any("It is calmer" in reader.get(page).content.decode() for reader in readers for page in pages)
