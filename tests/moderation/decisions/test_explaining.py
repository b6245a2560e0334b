"""What was done elsewhere is explained all the same; silence, bans, and who comes back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.notifications.models import EmailDelivery
from community.people.mailboxes import plainest
from community.people.models import Person
from community.people.silencing import silence
from community.policy.blackout import Blackout
from community.refusals import Refusal
from forums.threads.models import Post
from forums.threads.redacting import redact
from forums.threads.replying import answer
from moderation.decisions.deciding import undo
from moderation.decisions.evasion import look_for_return
from moderation.decisions.models import Action, Decision, LogEntry, StatementOfReasons
from moderation.flags.models import Case, Flag
from tests.jobs import work


def test_a_thread_taken_down_on_its_page_gives_its_author_the_reasons(client, cast, question, post):
    client.force_login(cast.hana)
    client.post(f"/threads/{question.thread.pk}/take-down/", {"reason": "It shows an address"})
    work()
    statement = StatementOfReasons.objects.get(person=cast.ana)
    assert "It shows an address" in statement.facts
    assert EmailDelivery.objects.filter(key=f"statement-{statement.pk}").exists()
    assert LogEntry.objects.count() == 1
    client.post(f"/threads/{question.thread.pk}/bring-back/")
    work()
    assert not Decision.objects.get().is_standing
    assert not Post.objects.get(pk=post.pk).is_hidden


def test_a_suspension_by_a_command_gives_the_reasons(cast):
    cast.mallory.suspend(by=None, reason="Insults in five threads", until=timezone.now() + timedelta(days=1))
    work()
    statement = StatementOfReasons.objects.get(person=cast.mallory)
    assert statement.is_made_by_machine
    assert statement.until is not None
    undo(statement.decision, by=cast.hana, reason="It was another mallory")
    assert not cast.mallory.is_suspended


def test_a_decision_in_the_queue_is_explained_once(case, decided):
    decided(case, "hide", "suspend")
    assert StatementOfReasons.objects.count() == 1
    assert Decision.objects.count() == 1


def test_what_was_held_and_brought_back_elsewhere_closes_its_case(cast, question):
    held = answer(question.thread, by=cast.ben, source="Turn LE Audio off in the app.")
    Post.objects.filter(pk=held.pk).update(is_hidden=True)
    case = Case.objects.open_about(Post.objects.get(pk=held.pk), origin="gate", rule="words:12")
    Post.objects.get(pk=held.pk).restore(by=cast.hana)
    work()
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("decided", "left")


def test_who_is_silenced_publishes_nothing_and_knows_until_when(cast, question, time_machine):
    until = timezone.now() + timedelta(days=3)
    silence(cast.ben, by=cast.hana, reason="Insults", until=until)
    with pytest.raises(Refusal, match="Insults"):
        answer(question.thread, by=cast.ben, source="Turn LE Audio off in the app.")
    time_machine.move_to(until + timedelta(minutes=1))
    assert answer(question.thread, by=cast.ben, source="Turn LE Audio off in the app.").pk


def test_who_comes_back_after_a_ban_comes_to_the_queue(cast, case, decided):
    Person.objects.filter(pk=cast.ana.pk).update(email="ana.b@gmail.com")
    cast.ana.refresh_from_db()
    case.concerns.refresh_from_db()
    decision = decided(case, "ban")
    assert cast.ana.is_suspended
    again = Person.objects.create_user("nala", "anab+2@gmail.com", "porchlight-nala")
    found = look_for_return(again)
    assert found.subject == again
    assert "ana" in found.findings.get().reason
    undo(decision, by=cast.hana, reason="Wrong person")
    assert look_for_return(Person.objects.create_user("lana", "anab+3@gmail.com", "porchlight-lana")) is None


def test_one_mailbox_has_one_form():
    assert plainest("A.Na+shop@GMail.com") == plainest("ana@gmail.com")
    assert plainest("a.na@example.org") != plainest("ana@example.org")


def test_private_decisions_stay_out_of_the_log(client, cast, case, spam):
    client.force_login(cast.hana)
    data = {"deeds": ["warn"], "rule": spam.pk, "facts": "A shop.", "is_private": "on", "seen": "1"}
    client.post(f"/desk/flags/{case.pk}/decide/", data)
    assert Action.objects.get().kind == "warn"
    assert not LogEntry.objects.exists()


def test_what_is_redacted_goes_from_the_review_queue_too(cast, question, post, case, spam):
    Flag.objects.filter(case=case).update(note="She shows card 4111 1111 1111 1111 there")
    words = Blackout(words=("every minute",), words_are="other")
    redact(post, words, by=cast.hana)
    work()
    case.refresh_from_db()
    assert "every minute" not in case.title
    assert "4111" not in Flag.objects.get(case=case).note
