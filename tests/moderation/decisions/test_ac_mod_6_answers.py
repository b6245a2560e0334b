"""AC-MOD-6, the three answers with all that comes of each: upheld, something milder, everything back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.events.models import Event
from community.notifications.models import EmailDelivery
from community.people.models import Grant, Person
from community.people.roles import Role
from forums.reputation.models import Standing
from forums.threads.models import Post
from forums.threads.replying import answer
from moderation.decisions.ladder import step_of
from moderation.decisions.models import Appeal, Decision, LogEntry
from moderation.decisions.tasks import escalate_late_appeals
from moderation.flags.models import Flag
from tests.jobs import work
from tests.scenes import as_, ben_answers, one_line


@pytest.fixture
def emil(cast) -> Client:
    """Emil moderates too, and has decided nothing yet."""
    Grant.objects.create(person=cast.emil, role=Role.COMMUNITY_MANAGER, reason="holidays")
    return as_(cast.emil)


@pytest.fixture
def post(cast, question) -> Post:
    """Ben's answer, which has helped Ana, before another one."""
    post = ben_answers(cast, question)
    answer(question.thread, by=cast.chris, source="Mine does it as well, since the same day.")
    post.vote(by=cast.ana)
    work()
    return post


@pytest.fixture
def decision(cast, post, spam, decided) -> Decision:
    """Hana has hidden it and suspended Ben."""
    assert points(cast) == 5
    return decided(Flag.objects.flag(post, by=cast.chris, rule=spam).case, "hide", "suspend")


def points(cast) -> int:
    return Standing.objects.get(person=cast.ben).points


def appealed(decision: Decision) -> Appeal:
    """Ben appeals on the page of the reasons, to which the mail brought him."""
    url = decision.statement.get_absolute_url()
    assert Client().post(url, {"text": "It was no advertisement: I own that thing."}).status_code == 302
    return Appeal.objects.get()


def answered(client: Client, appeal: Appeal, outcome: str, **more) -> int:
    form = {"outcome": outcome, "reason": "I have read all of it twice.", **more}
    status = client.post(f"/desk/flags/appeals/{appeal.pk}/", form).status_code
    work()
    return status


def test_ac_mod_6_overturned_brings_back_points_and_the_place_on_the_page(cast, question, post, decision, emil):
    assert points(cast) == 0, "hidden, it earns nothing"
    page = one_line(Client().get(question.get_absolute_url()))
    assert "Turn LE Audio off" not in page
    assert answered(emil, appealed(decision), "overturned") == 302
    assert points(cast) == 5
    page = one_line(Client().get(question.get_absolute_url()))
    assert 0 < page.index("Turn LE Audio off") < page.index("Mine does it as well")
    assert (step_of(cast.ben), Person.objects.get(pk=cast.ben.pk).is_suspended) == (0, False)
    assert LogEntry.objects.get(decision=decision).undone_at is not None


def test_ac_mod_6_upheld_everything_stays_and_the_person_reads_why(cast, post, decision, emil):
    appeal = appealed(decision)
    assert answered(emil, appeal, "upheld", reason="") == 422
    assert answered(emil, appeal, "upheld") == 302
    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.decided_by) == ("upheld", cast.emil)
    decision.refresh_from_db()
    assert decision.is_standing
    assert Post.objects.get(pk=post.pk).is_hidden
    assert Person.objects.get(pk=cast.ben.pk).is_suspended
    assert (step_of(cast.ben), points(cast)) == (1, 0)
    page = one_line(Client().get(decision.statement.get_absolute_url()))
    assert "The decision stands." in page
    assert "I have read all of it twice." in page
    mail = EmailDelivery.objects.get(key=f"appeal-{appeal.pk}")
    assert mail.recipient == cast.ben.email
    assert "I have read all of it twice." in mail.text
    assert answered(emil, appeal, "overturned") == 409, "one answer for each"
    assert Client().post(decision.statement.get_absolute_url(), {"text": "Once more."}).status_code == 409


def test_ac_mod_6_modified_the_milder_one_has_its_reasons_and_the_log_says_that_the_first_is_gone(
    cast, post, decision, emil
):
    assert answered(emil, appealed(decision), "modified", deed="warn") == 302
    assert points(cast) == 5
    milder = Decision.objects.standing().get()
    assert (milder.by, milder.case) == (cast.emil, decision.case)
    assert LogEntry.objects.get(decision=decision).undone_at is not None
    assert LogEntry.objects.get(decision=milder).what == "warned a member"
    mail = EmailDelivery.objects.get(key=f"statement-{milder.statement.pk}")
    assert mail.recipient == cast.ben.email
    assert "This is a warning." in mail.text
    assert milder.statement.get_absolute_url() in mail.text
    log = one_line(Client().get("/moderation-log/"))
    assert log.count("taken back") == 1


def test_ac_mod_6_seven_days_are_told_and_on_the_seventh_nobody_is_alarmed_yet(cast, decision, time_machine):
    assert cast.fay
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    appeal = appealed(decision)
    assert appeal.due_at == start + timedelta(days=7)
    time_machine.move_to(start + timedelta(days=6, hours=23, minutes=59), tick=False)
    escalate_late_appeals(0)
    assert not Event.objects.filter(verb="appeal.escalated").exists()
    time_machine.move_to(start + timedelta(days=7, seconds=1), tick=False)
    escalate_late_appeals(0)
    assert Event.objects.filter(verb="appeal.escalated").count() == 1


@pytest.mark.parametrize(("days", "status"), [(182, 302), (184, 409)])
def test_ac_mod_6_six_months_are_183_days(decision, time_machine, days, status):
    time_machine.move_to(timezone.now() + timedelta(days=days))
    url = decision.statement.get_absolute_url()
    assert Client().post(url, {"text": "I was away for long."}).status_code == status
