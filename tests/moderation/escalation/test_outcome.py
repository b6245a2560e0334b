"""AC-PRIV-7: what the public learns is what the customer approved, word by word."""

import pytest

from community.notifications.models import Notification
from community.people.roles import Role
from community.refusals import Refusal
from tests.jobs import work
from tests.moderation.escalation.scenes import CANARY, ana_accepts, ana_writes_in_private

SUMMARY = "Replaced the cable, fixed."


@pytest.fixture
def talk(cast):
    return ana_accepts(cast)


def closed_with_summary(client, cast, talk, summary=SUMMARY):
    client.force_login(cast.dora)
    form = {"result": "solved", "note": "", "summary": summary, "ask": "on"}
    return client.post(f"/desk/conversations/{talk.pk}/close/", form)


def decide(client, cast, talk, decision, text=SUMMARY):
    client.force_login(cast.ana)
    return client.post(f"/requests/{talk.token}/outcome/", {"decision": decision, "text": text})


def notices(talk):
    return {notice.kind: notice.text for notice in talk.thread.open_notices}


def test_ac_priv_7_closing_with_a_summary_shows_nothing_until_ana_agrees(client, cast, talk):
    assert closed_with_summary(client, cast, talk).status_code == 302
    assert notices(talk) == {"outcome": "This was closed privately."}
    client.logout()
    assert SUMMARY not in client.get(talk.thread.get_absolute_url()).content.decode()
    client.force_login(cast.ana)
    assert SUMMARY in client.get(f"/requests/{talk.token}/").content.decode()


def test_ac_priv_7_ana_approves_and_the_words_stand_on_the_thread_as_a_staff_note(client, cast, talk):
    closed_with_summary(client, cast, talk)
    assert decide(client, cast, talk, "approve").status_code == 302
    assert notices(talk) == {"outcome": SUMMARY}
    assert "It stands on your question now" in client.get(f"/requests/{talk.token}/").content.decode()
    assert talk.thread.open_notices[0].by == cast.dora
    client.logout()
    assert SUMMARY in client.get(talk.thread.get_absolute_url()).content.decode()


def test_ac_priv_7_ana_edits_the_words_and_only_hers_appear(client, cast, talk):
    closed_with_summary(client, cast, talk)
    decide(client, cast, talk, "approve", "A new cable helped.")
    assert notices(talk) == {"outcome": "A new cable helped."}
    outcome = talk.outcomes.get()
    assert (outcome.proposed, outcome.text, outcome.state) == (SUMMARY, "A new cable helped.", "approved")


def test_ac_priv_7_ana_refuses_and_it_stays_closed_privately(client, cast, talk):
    closed_with_summary(client, cast, talk)
    decide(client, cast, talk, "refuse")
    assert "it stays between you and our team" in client.get(f"/requests/{talk.token}/").content.decode()
    assert notices(talk) == {"outcome": "This was closed privately."}
    client.logout()
    assert SUMMARY not in client.get(talk.thread.get_absolute_url()).content.decode()


def test_a_summary_with_personal_data_does_not_pass_the_gate(client, cast, talk):
    closed_with_summary(client, cast, talk)
    refused = decide(client, cast, talk, "approve", "Refunded order NL-1001.")
    assert refused.status_code == 422
    assert "Refunded order NL-1001." in refused.content.decode()
    assert notices(talk) == {"outcome": "This was closed privately."}


def test_a_decision_is_made_once(client, cast, talk):
    closed_with_summary(client, cast, talk)
    decide(client, cast, talk, "refuse")
    assert decide(client, cast, talk, "approve").status_code == 409
    assert notices(talk) == {"outcome": "This was closed privately."}


def test_the_list_of_requests_says_that_a_summary_waits_for_a_word(client, cast, talk):
    closed_with_summary(client, cast, talk)
    client.force_login(cast.ana)
    assert "Your turn: may we say in public how it ended?" in client.get("/requests/").content.decode()
    decide(client, cast, talk, "approve")
    listed = client.get("/requests/").content.decode()
    assert "Your turn" not in listed
    assert "Nothing more to do." in listed


def test_only_one_summary_waits_at_a_time(client, cast, talk):
    talk.propose_outcome(SUMMARY, by=cast.dora)
    with pytest.raises(Refusal):
        talk.propose_outcome("Another", by=cast.emil)


def test_a_request_without_a_thread_has_nothing_to_tell(client, cast):
    own = ana_writes_in_private(cast)
    client.force_login(cast.dora)
    answered = client.post(f"/desk/conversations/{own.pk}/outcome/", {"text": SUMMARY})
    assert answered.status_code == 422
    assert SUMMARY in answered.content.decode() or "no public thread" in answered.content.decode()


@pytest.mark.parametrize("who", ["mallory", "chris", "dora", "kim"])
def test_nobody_else_decides(client, cast, talk, who):
    closed_with_summary(client, cast, talk)
    client.force_login(getattr(cast, who))
    answered = client.post(f"/requests/{talk.token}/outcome/", {"decision": "approve", "text": "x"})
    assert answered.status_code == 404
    assert notices(talk) == {"outcome": "This was closed privately."}


def test_reopening_says_private_again(cast, talk):
    talk.close(by=cast.dora, result="solved")
    talk.reopen(by=cast.ana)
    assert list(notices(talk)) == ["private"]


def test_ana_is_asked_by_tray_and_mail(client, cast, talk, mailoutbox):
    closed_with_summary(client, cast, talk)
    work()
    assert cast.ana.notifications.filter(text__contains="how it ended").count() == 1
    assert not any(SUMMARY in mail.body for mail in mailoutbox if mail.to != ["ana@example.org"])
    assert all(CANARY not in mail.body for mail in mailoutbox)


def test_ac_priv_7_the_approved_words_are_offered_to_editors_as_a_help_page(client, cast, talk):
    erik = cast.staff("erik", Role.EDITOR, "Erik")
    closed_with_summary(client, cast, talk)
    work()
    assert not Notification.objects.filter(person=erik).exists()
    decide(client, cast, talk, "approve")
    work()
    told = Notification.objects.get(person=erik)
    assert told.url == f"/help/new/?thread={talk.thread.pk}"
    client.force_login(erik)
    page = client.get(told.url).content.decode()
    assert SUMMARY in page
    assert talk.thread.title in page
    assert CANARY not in page
    client.force_login(cast.mallory)
    assert client.get(told.url).status_code == 404
