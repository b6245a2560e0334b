"""Automations by the pages and the worker: composing, shadow, trial, runs, undo, bounds, loops, statements."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.events.models import Event
from community.events.recording import record
from community.events.tasks import deliver
from community.events.verbs import Verb
from community.notifications.models import Notification
from forums.canned.models import CannedReply
from forums.questions.models import Question
from forums.threads.models import Post
from forums.threads.replying import answer
from moderation.automation.automaton import automaton
from moderation.automation.models import Automation, Run
from moderation.automation.tasks import look_for_what_waits
from moderation.decisions.deciding import Wanted, decide
from moderation.decisions.models import Decision, StatementOfReasons
from moderation.flags.models import Case
from moderation.queue.models import Item
from tests.community.api.program import Program
from tests.jobs import work
from tests.scenes import BODY, ana_asks, one_line

LIST = "/desk/rules/automations/"
SENT = {
    "name": "Bluetooth to the agents", "trigger": "question", "if_words": "bluetooth", "do_raise": "on",
    "do_tell": "role:agent", "do_tag": "firmware", "state": "on", "most_an_hour": 30, "why": "They wait for these",
}  # fmt: skip


@pytest.fixture
def hana(cast, client):
    client.force_login(cast.hana)
    return client


def kept(hana, **fields) -> Automation:
    """Hana composes one."""
    answered = hana.post(f"{LIST}new/", SENT | fields)
    assert answered.status_code == 302, one_line(answered)
    return Automation.objects.latest("pk")


def test_an_automation_is_composed_said_as_a_sentence_and_runs_once(cast, hana):
    assert cast.dora
    said = hana.post(f"{LIST}sentence/", SENT)
    expected = "When a question is asked and it says “bluetooth”: tag it “firmware”, put it up in the queue and tell"
    assert expected in one_line(said)
    row = kept(hana)
    question = ana_asks(cast)
    ana_asks(cast, title="The light blinks twice and stops", source=BODY.replace("connection", "light"), tags=[])
    work()
    run = Run.objects.get()
    assert [one["act"] for one in run.done] == ["tag", "raise", "tell"]
    assert set(question.thread.tags.names()) == {"bluetooth", "firmware"}
    item = Item.objects.get(thread=question.pk)
    assert "raised" in item.signals
    assert "put up by an automation" in item.reasons
    assert Notification.objects.filter(person=cast.dora, text__startswith=row.name).count() == 1
    ran = Event.objects.get(verb="automation.ran")
    assert (ran.actor_id, ran.details["acts"]) == (automaton().pk, ["tag", "raise", "tell"])
    deliver(event_id=run.event_id)
    run.event.deliveries.all().delete()
    deliver(event_id=run.event_id)
    assert Run.objects.count() == 1, "an event that comes again does nothing"
    page = one_line(hana.get(row.get_absolute_url()))
    assert page.count('data-testid="run"') == 1
    assert question.thread.title in page


def test_a_run_is_taken_back_act_by_act(cast, hana):
    assert cast.dora
    row = kept(hana, do_assign=cast.dora.pk, do_move=cast.kettle_one.pk)
    question = ana_asks(cast)
    work()
    run = Run.objects.get()
    assert {one["act"] for one in run.done} == {"tag", "move", "assign", "raise", "tell"}
    refused = hana.post(f"{LIST}runs/{run.pk}/undo/", {"why": ""})
    assert refused.status_code == 422
    hana.post(f"{LIST}runs/{run.pk}/undo/", {"why": "The words were a coincidence"})
    run.refresh_from_db()
    assert run.undone_by == cast.hana
    assert run.left == ["What was told stays told."]
    question.thread.refresh_from_db()
    assert question.thread.product == cast.beam2
    assert set(question.thread.tags.names()) == {"bluetooth"}
    item = Item.objects.get(thread=question.pk)
    assert (item.assignee, "raised" in item.signals) == (None, False)
    assert hana.post(f"{LIST}runs/{run.pk}/undo/", {"why": "again"}).status_code == 409
    page = one_line(hana.get(row.get_absolute_url()))
    assert "right: 0 of 1 that somebody judged, 1 undone" in page


def test_all_runs_are_undone_together(cast, hana):
    row = kept(hana, do_tell="")
    questions = [ana_asks(cast, title=f"Bluetooth drops again, {n} times a day") for n in range(3)]
    work()
    assert Run.objects.standing().count() == 3
    hana.post(f"{LIST}{row.pk}/undo/", {"why": "Wrong words"})
    assert not Run.objects.standing().exists()
    assert all("firmware" not in question.thread.tags.names() for question in questions)


def test_in_the_shadow_it_only_writes_down(cast, hana):
    row = kept(hana, state="shadow")
    question = ana_asks(cast)
    work()
    run = Run.objects.get()
    assert (run.is_shadow, run.done, run.is_undoable) == (True, [], False)
    assert set(question.thread.tags.names()) == {"bluetooth"}
    assert not Event.objects.filter(verb="automation.ran").exists()
    sent = SENT | {"state": "off", "version": row.version, "why": "Enough"}
    assert hana.post(row.get_absolute_url(), sent).status_code == 302
    ana_asks(cast, title="Bluetooth drops once more, since today")
    work()
    assert Run.objects.count() == 1
    assert [one.number for one in row.versions.all()] == [2, 1]
    assert hana.post(row.get_absolute_url(), sent).status_code == 409, "somebody was faster"


def test_a_trial_shows_what_it_would_have_met_before_it_is_kept(cast, hana):
    question = ana_asks(cast)
    ana_asks(cast, title="The light blinks twice and stops", source=BODY.replace("connection", "light"))
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        ana_asks(cast, title="Bluetooth drops, a month ago already")
    page = one_line(hana.post(f"{LIST}try/", SENT | {"name": "", "why": ""}))
    assert 'run <b class="num">1</b> times, of 2 that it looked at' in page
    assert question.thread.title in page
    assert not Automation.objects.exists()
    assert not Run.objects.exists()


def test_what_waits_is_met_after_its_hours_and_not_what_was_due_before(cast, hana):
    now = timezone.now()
    with time_machine.travel(now - timedelta(hours=5)):
        ana_asks(cast, title="Bluetooth drops since this morning")
    kept(hana, trigger="unanswered", hours=4, do_tell="role:community_manager")
    question = ana_asks(cast)
    answered = ana_asks(cast, title="Bluetooth drops, and somebody knows why")
    answer(answered.thread, by=cast.ben, source="Turn LE Audio off in the app, then pair again.")
    with time_machine.travel(now + timedelta(hours=3, minutes=55)):
        look_for_what_waits(timestamp=0)
        assert not Run.objects.exists()
    with time_machine.travel(now + timedelta(hours=4, minutes=2)):
        look_for_what_waits(timestamp=0)
        look_for_what_waits(timestamp=0)
    run = Run.objects.get()
    assert run.title == question.thread.title
    page = one_line(hana.get(LIST))
    assert "When a question waits 4 hours for an answer and it says “bluetooth”" in page


def test_a_trial_of_waiting_looks_at_what_was(cast, hana):
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=2)):
        late = ana_asks(cast)
        soon = ana_asks(cast, title="Bluetooth drops, and somebody knows why")
    with time_machine.travel(now - timedelta(days=2) + timedelta(hours=3)):
        answer(soon.thread, by=cast.ben, source="Turn LE Audio off in the app, then pair again.")
    with time_machine.travel(now - timedelta(days=1)):
        answer(late.thread, by=cast.ben, source="Turn LE Audio off in the app, then pair again, please.")
    page = one_line(hana.post(f"{LIST}try/", SENT | {"trigger": "unanswered", "hours": 4}))
    assert 'run <b class="num">1</b> times' in page
    assert hana.post(f"{LIST}try/", SENT | {"trigger": "unanswered"}).status_code == 422


def test_at_most_so_many_an_hour_then_it_switches_itself_off_and_tells_its_owner(cast, hana):
    row = kept(hana, most_an_hour=2, do_tell="")
    for n in range(4):
        ana_asks(cast, title=f"Bluetooth drops again, {n} times a day")
    work()
    row.refresh_from_db()
    assert row.state == "off"
    assert Run.objects.count() == 2
    assert row.versions.first().why == "It ran 2 times within an hour and switched itself off."
    assert Event.objects.filter(verb="automation.stopped").count() == 1
    assert Notification.objects.filter(person=cast.hana, text__contains="switched itself off").count() == 1


def test_an_automation_never_begins_by_the_acts_of_another(cast, hana):
    template = CannedReply.objects.keep(by=cast.hana, name="Hello", source="Hello {name}. Try LE Audio off.",
                                        audience="team")  # fmt: skip
    kept(hana, do_reply=template.pk, do_tell="", do_tag="")
    kept(hana, name="Any comment", trigger="comment", if_words="", do_tag="talked", do_tell="")
    kept(hana, name="Itself", trigger="question", if_words="", do_review="Look at it", do_tag="", do_tell="",
         do_raise="")  # fmt: skip
    kept(hana, name="Reports", trigger="flag", if_words="", do_tag="reported", do_tell="")
    question = ana_asks(cast)
    work()
    comment = Post.objects.get(kind="comment")
    assert comment.alias == "Northlight team automation"
    assert comment.label == "automation"
    assert Program().get(f"/posts/{comment.pk}/").json()["author"]["label"] == "automation"
    assert "Hello ana" in comment.source
    assert Run.objects.exclude(automation__name="Any comment").count() == 2
    assert not Run.objects.filter(automation__name="Any comment").exists()
    assert "talked" not in question.thread.tags.names()
    caused = Event.objects.get(verb="comment.posted")
    assert caused.details["caused_by"].startswith("automation:")
    opened = Event.objects.get(verb="flags.case_opened")
    assert opened.details["caused_by"].startswith("automation:")
    item = Item.objects.get(thread=question.pk)
    assert (item.state, item.responded_at) == ("open", None), "its words are nobody's answer"
    question.thread.refresh_from_db()
    assert question.thread.answer_count == 0
    answer(question.thread, by=cast.ben, source="I had that, too.")
    run = Run.objects.get(automation__name="Bluetooth to the agents")
    hana.post(f"{LIST}runs/{run.pk}/undo/", {"why": "Not kind enough"})
    comment.refresh_from_db()
    assert comment.removed_at is not None


def test_what_it_takes_out_of_sight_has_rule_statement_log_and_a_person_who_looks(cast, hana):
    row = kept(hana, trigger="answer", if_words="cheap", if_level_most=0, do_tell="", do_tag="", do_raise="",
               do_hide="spam", do_hide_facts="It offers goods for sale.")  # fmt: skip
    post = answer(ana_asks(cast).thread, by=cast.chris, source="Buy cheap cables in my shop, all colours.")
    other = answer(post.thread, by=cast.ben, source="Ben says cheap as well, and is known here.")
    work()
    post.refresh_from_db()
    other.refresh_from_db()
    assert (post.is_hidden, other.is_hidden) == (True, False)
    decision = Decision.objects.get()
    assert (decision.by, decision.machine, decision.is_made_by_machine) == (None, f"automation:{row.pk}@1", True)
    statement = StatementOfReasons.objects.get(decision=decision)
    assert statement.person == cast.chris
    assert "An automation took it out of sight until somebody of the team has looked" in decision.facts
    assert f"Automation: {row.name}" in one_line(hana.get(Case.objects.about(post).first().get_absolute_url()))
    case = Case.objects.about(post).open().get()
    decide(case, Wanted("left"), by=cast.hana)
    work()
    post.refresh_from_db()
    assert not post.is_hidden
    decision.refresh_from_db()
    assert decision.undone_by == cast.hana
    assert "right: 0 of 1 that somebody judged" in one_line(hana.get(row.get_absolute_url()))


def test_undoing_a_run_brings_back_what_was_hidden(cast, hana):
    kept(hana, trigger="answer", if_words="cheap", do_tell="", do_tag="", do_raise="", do_hide="spam",
         do_hide_facts="It offers goods for sale.")  # fmt: skip
    post = answer(ana_asks(cast).thread, by=cast.chris, source="Buy cheap cables in my shop, all colours.")
    work()
    run = Run.objects.get()
    hana.post(f"{LIST}runs/{run.pk}/undo/", {"why": "He was asked for his shop"})
    post.refresh_from_db()
    assert not post.is_hidden
    assert not Case.objects.about(post).open().exists()


def test_a_hiding_needs_its_reason_and_an_automation_an_act(cast, hana):
    answered = hana.post(f"{LIST}new/", SENT | {"do_hide": "spam"})
    assert answered.status_code == 422
    nothing = {"do_raise": "", "do_tell": "", "do_tag": ""}
    answered = hana.post(f"{LIST}new/", SENT | nothing)
    assert "Choose what it does." in one_line(answered)
    assert not Automation.objects.exists()


def test_reviews_of_few_stars_and_members_who_reach_a_level(cast, hana):
    page = one_line(hana.post(f"{LIST}sentence/", {"trigger": "review", "if_stars_most": 2, "do_raise": "on"}))
    assert "When a review is posted and it has 2 stars at most: put it up in the queue." in page
    few = kept(hana, name="Few stars", trigger="review", if_words="", if_stars_most=2, do_tell="", do_tag="")
    assert (few.conditions, few.acts) == ({"stars_most": 2}, {"raise": True})
    kept(hana, name="Welcome", trigger="level", if_words="", if_level_least=1, do_tag="", do_raise="",
         do_tell=f"person:{cast.dora.pk}")  # fmt: skip
    cast.ana.level = 1
    cast.ana.save()
    record(Verb.LEVEL_RAISED, actor=None, subject=cast.ana, before=0, after=1)
    work()
    assert Notification.objects.filter(person=cast.dora, text="Welcome: ana").count() == 1


def test_nobody_can_sign_in_as_the_automaton_and_it_has_no_role(cast):
    account = automaton()
    assert not account.has_usable_password()
    assert not account.grants.exists()
    assert Question.objects.count() == 0


def test_only_moderators(cast, client):
    for who, status in ((cast.ana, 404), (cast.dora, 403)):
        client.force_login(who)
        assert client.get(LIST).status_code == status
        assert client.post(f"{LIST}new/", SENT).status_code == status
    client.force_login(cast.hana)
    assert client.get(f"{LIST}try/").status_code == 405
