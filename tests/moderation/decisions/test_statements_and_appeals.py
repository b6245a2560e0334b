"""Reasons for whom a decision concerns, and the way back."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from community.events.models import Event
from community.notifications.models import EmailDelivery, Notification
from community.people.models import Grant
from community.people.roles import Role
from forums.reputation.models import Standing
from forums.threads.models import Post, Vote
from moderation.decisions.ladder import step_of
from moderation.decisions.models import Action, Appeal, Decision
from moderation.decisions.models.statement import APPEAL_WITHIN
from moderation.decisions.tasks import escalate_late_appeals
from moderation.flags.models import Case, Flag
from tests.jobs import work
from tests.scenes import ben_answers


@pytest.fixture
def second(cast):
    """Emil moderates too."""
    Grant.objects.create(person=cast.emil, role=Role.COMMUNITY_MANAGER, reason="holidays")
    return cast.emil


def test_ac_mod_5_ana_reads_the_reasons_on_her_page_and_by_mail(client, cast, case, decided):
    decided(case, "hide", "silence", days=3)
    statement = Decision.objects.get().statement
    page = client.get(statement.get_absolute_url()).content.decode()  # signed out: the address is the key
    mail = EmailDelivery.objects.get(key=f"statement-{statement.pk}")
    until = statement.appeal_until.strftime("%Y")
    for text in (page, mail.text):
        assert case.title in text
        assert "Advertising and spam" in text
        assert "It advertises a shop." in text
        assert "Your post was hidden" in text
        assert "No machine took part" in text
        assert until in text
    assert mail.recipient == cast.ana.email
    assert Notification.objects.filter(person=cast.ana, kind="decision").count() == 1
    record = client.get(f"{statement.get_absolute_url()}record.json").json()
    assert record["rule"]["title"] == "Advertising and spam"
    assert record["facts"] == "It advertises a shop."
    assert record["automation"] == {"detection": False, "decision": False, "rule": ""}
    assert record["until"] is not None
    assert record["appeal_until"] == statement.appeal_until.isoformat()


def test_ac_mod_5_what_a_rule_had_found_is_said_so(cast, post, decided, spam, client):
    case = Case.objects.open_about(post, origin="gate", rule="words:12", reason="says ass")
    decided(case, "hide")
    statement = Decision.objects.get().statement
    assert statement.is_found_by_machine
    assert "A rule pointed at it; a person decided." in client.get(statement.get_absolute_url()).content.decode()


def test_the_mail_goes_to_who_is_suspended_too(case, decided, cast):
    decided(case, "suspend")
    assert cast.ana.is_suspended
    assert EmailDelivery.objects.filter(key__startswith="statement-", recipient=cast.ana.email).exists()


def appeal_by(client, statement, text="It was no advertisement, I only asked.", **more):
    return client.post(statement.get_absolute_url(), {"text": text, **more})


def test_ac_mod_6_once_within_six_months_with_2000_characters_and_a_file(client, case, decided):
    statement = decided(case, "hide").statement
    assert appeal_by(client, statement, "x" * 2001).status_code == 422
    file = SimpleUploadedFile("receipt.txt", b"bought it myself")
    assert appeal_by(client, statement, "y" * 2000, file=file).status_code == 302
    assert bytes(Appeal.objects.get().file.data) == b"bought it myself"
    assert appeal_by(client, statement).status_code == 409
    assert Appeal.objects.count() == 1


def test_ac_mod_6_after_six_months_it_is_refused_with_the_date(client, case, decided, time_machine):
    statement = decided(case, "hide").statement
    time_machine.move_to(timezone.now() + APPEAL_WITHIN + timedelta(days=1))
    answer = appeal_by(client, statement)
    assert answer.status_code == 409
    assert "six months" in answer.content.decode()


def test_ac_mod_6_the_first_reviewer_cannot_answer(client, cast, case, decided):
    decision = decided(case, "hide")
    appeal_by(client, decision.statement)
    client.force_login(cast.hana)
    answer = client.post(f"/desk/flags/appeals/{Appeal.objects.get().pk}/", {"outcome": "upheld", "reason": "No"})
    assert answer.status_code == 403
    assert Appeal.objects.get().is_open


def test_ac_mod_6_overturning_brings_back_sight_votes_place_points_and_takes_the_strike(
    client, cast, question, decided, spam, second
):
    post = ben_answers(cast, question)
    post.vote(by=cast.ana)
    work()
    before = Standing.objects.filter(person=cast.ben).values_list("points", flat=True).first()
    count = question.thread.posts.filter(kind="answer", is_hidden=False).count()
    case = Flag.objects.flag(post, by=cast.chris, rule=spam).case
    decision = decided(case, "hide", "suspend")
    assert step_of(cast.ben) == 1
    appeal_by(client, decision.statement)
    client.force_login(second)
    url = f"/desk/flags/appeals/{Appeal.objects.get().pk}/"
    assert client.post(url, {"outcome": "overturned", "reason": "It helps."}).status_code == 302
    work()
    post = Post.objects.get(pk=post.pk)
    assert not post.is_hidden
    assert post.score == 1
    assert Vote.objects.filter(post=post).count() == 1
    assert question.thread.posts.filter(kind="answer", is_hidden=False).count() == count
    assert Standing.objects.filter(person=cast.ben).values_list("points", flat=True).first() == before
    assert not cast.ben.is_suspended
    assert step_of(cast.ben) == 0
    case.refresh_from_db()
    assert case.outcome == "left"
    client.logout()
    assert "Everything is back" in client.get(decision.statement.get_absolute_url()).content.decode()
    assert EmailDelivery.objects.filter(key__startswith="appeal-").exists()


def test_ac_mod_6_upheld_stays_and_modified_is_milder(client, cast, case, decided, second, post):
    decision = decided(case, "hide", "suspend")
    appeal_by(client, decision.statement)
    client.force_login(second)
    url = f"/desk/flags/appeals/{Appeal.objects.get().pk}/"
    assert client.post(url, {"outcome": "modified", "reason": "Too hard."}).status_code == 422
    assert client.post(url, {"outcome": "modified", "deed": "warn", "reason": "Too hard."}).status_code == 302
    assert not Post.objects.get(pk=post.pk).is_hidden
    assert not cast.ana.is_suspended
    assert [action.kind for action in Action.objects.standing()] == ["warn"]
    assert Decision.objects.standing().get().statement.person == cast.ana


def test_ac_mod_6_after_seven_days_the_supervisor_is_told_once(client, cast, case, decided, time_machine):
    cast.fay  # noqa: B018 - is there before
    appeal_by(client, decided(case, "hide").statement)
    escalate_late_appeals(0)
    assert not Event.objects.filter(verb="appeal.escalated").exists()
    time_machine.move_to(timezone.now() + timedelta(days=7, minutes=1))
    escalate_late_appeals(0)
    escalate_late_appeals(0)
    work()
    assert Notification.objects.filter(person=cast.fay, kind="team").count() == 1


def test_ac_mod_6_the_reporter_of_an_unheeded_report_appeals_too(client, cast, case, decided, second):
    decided(case)
    flag = Flag.objects.get()
    client.force_login(cast.chris)
    assert "Ask for another look" in client.get(f"/flags/{flag.receipt}/").content.decode()
    answer = client.post(f"/flags/{flag.receipt}/appeal/", {"text": "Look at the link again, please."})
    assert answer.status_code == 302
    client.force_login(second)
    url = f"/desk/flags/appeals/{Appeal.objects.get().pk}/"
    client.post(url, {"outcome": "overturned", "reason": "Indeed."})
    case.refresh_from_db()
    assert case.is_open
    client.force_login(cast.mallory)
    assert client.get(f"/flags/{flag.receipt}/").status_code == 404


def test_no_appeal_against_a_report_that_was_heeded(client, cast, case, decided):
    decided(case, "hide")
    client.force_login(cast.chris)
    answer = client.post(f"/flags/{Flag.objects.get().receipt}/appeal/", {"text": "More, please."})
    assert answer.status_code == 409
