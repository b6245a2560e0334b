"""Mail in: accepted, held, ignored or rejected, each with its reason (AC-NOTE-4, AC-NOTE-5, G2 to G5)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from community.events.models import Event
from community.inbound.models import InboundMail
from community.notifications.addresses import reply_address
from community.notifications.models import EmailDelivery
from moderation.escalation.models import Attachment
from tests.community.inbound.letters import comes_in
from tests.jobs import work
from tests.moderation.escalation.letters import letter
from tests.moderation.escalation.mails import OURS, REPLIES, quoted
from tests.moderation.escalation.scenes import ana_writes_in_private

ROBOTS = [
    {"Auto-Submitted": "auto-replied"},
    {"Auto-Submitted": "auto-generated"},
    {"X-Autoreply": "yes"},
    {"Precedence": "bulk"},
    {"Precedence": "list"},
    {"List-Id": "<list.example.org>"},
    {"Return-Path": "<>"},
    {"From": "MAILER-DAEMON@example.org"},
    {"From": "no-reply@example.org"},
    {"From": "reply@northlight.example"},
    {"From": "community@northlight.example"},
]


@pytest.fixture
def request_of_ana(cast):
    return ana_writes_in_private(cast)


@pytest.mark.parametrize("client_name", REPLIES)
def test_a_reply_lands_in_its_conversation_trimmed(request_of_ana, client_name):
    typed, whole = REPLIES[client_name]
    mail = comes_in(letter(request_of_ana, whole))
    assert (mail.state, mail.reason) == ("accepted", "")
    message = request_of_ana.messages.last()
    assert (message.number, message.source, message.via, message.side) == (2, typed, "mail", "customer")
    assert bytes(mail.raw)


def test_a_changed_subject_and_a_reply_to_the_first_own_mail_find_their_thread(request_of_ana):
    comes_in(letter(request_of_ana, Subject="something else entirely"))
    comes_in(letter(request_of_ana, "And one more thing."))
    assert [message.number for message in request_of_ana.messages.all()] == [1, 2, 3]


@pytest.mark.parametrize("headers", ROBOTS, ids=str)
def test_machines_make_no_message_and_get_no_answer(request_of_ana, headers):
    work()
    before = EmailDelivery.objects.count()
    mail = comes_in(letter(request_of_ana, **headers))
    work()
    assert mail.state == "ignored"
    assert mail.reason in ("automatic", "bulk", "own_loop")
    assert request_of_ana.messages.count() == 1
    assert EmailDelivery.objects.count() == before


def test_an_out_of_office_by_subject_alone_waits_for_a_person(request_of_ana):
    mail = comes_in(letter(request_of_ana, Subject="Automatic reply: About my Beam 2"))
    assert (mail.state, mail.reason, mail.text) == ("held", "looks_automatic", "It is 4711-A.")


def test_the_same_mail_twice_makes_one_message(request_of_ana):
    mail = letter(request_of_ana)
    assert comes_in(mail).state == "accepted"
    again = comes_in(mail)
    assert (again.state, again.reason) == ("ignored", "duplicate")
    assert request_of_ana.messages.count() == 2


def test_without_a_message_id_its_hash_tells_it_apart(request_of_ana):
    mail = letter(request_of_ana, **{"Message-ID": ""})
    assert comes_in(mail).state == "accepted"
    assert comes_in(mail).reason == "duplicate"
    assert comes_in(letter(request_of_ana, "Another one.", **{"Message-ID": ""})).state == "accepted"


def test_one_of_our_own_mails_come_back_is_ignored(cast, request_of_ana):
    request_of_ana.reply("Please send the number.", by=cast.dora)
    ours = EmailDelivery.objects.get(key__startswith="message-")
    mail = comes_in(letter(request_of_ana, **{"Message-ID": ours.message_id}))
    assert (mail.state, mail.reason) == ("ignored", "own_loop")


def test_twenty_mails_in_an_hour_pass_and_the_next_trips_the_breaker(cast, request_of_ana):
    assert cast.fay
    states = [comes_in(letter(request_of_ana, f"mail {n}")).state for n in range(22)]
    assert states == ["accepted"] * 20 + ["held"] * 2
    assert InboundMail.objects.held().first().reason == "too_many"
    work()
    assert Event.objects.filter(verb="mail.storm").count() == 1
    assert cast.fay.notifications.filter(kind="team").count() == 1


def test_an_unknown_sender_with_a_good_token_is_held_and_ana_is_asked_once(request_of_ana, mailoutbox):
    for _ in range(3):
        mail = comes_in(letter(request_of_ana, From="colleague@example.net"))
        assert (mail.state, mail.reason) == ("held", "unknown_sender")
    work()
    asked = [mail for mail in mailoutbox if "did not" in mail.body or "do not know" in mail.body]
    assert len(asked) == 1
    assert asked[0].to == ["ana@example.org"]
    assert request_of_ana.messages.count() == 1


def test_ana_says_that_it_was_her(client, cast, request_of_ana):
    mail = comes_in(letter(request_of_ana, From="ana.private@example.net"))
    client.force_login(cast.ana)
    assert "ana.private@example.net" in client.get(f"/requests/{request_of_ana.token}/").content.decode()
    client.post(f"/requests/{request_of_ana.token}/mails/{mail.pk}/", {"decision": "mine"})
    mail.refresh_from_db()
    assert (mail.state, mail.decided_by) == ("accepted", cast.ana)
    assert request_of_ana.messages.last().source == "It is 4711-A."


def test_from_dora_failing_dmarc_is_an_outsider(cast, request_of_ana, settings):
    settings.MAIL_AUTHSERV_ID = "mx.northlight.example"
    mail = comes_in(
        letter(
            request_of_ana,
            From=cast.dora.email,
            **{"Authentication-Results": "mx.northlight.example; dmarc=fail header.from=northlight.example"},
        )
    )
    assert (mail.state, mail.reason) == ("held", "not_authentic")
    assert request_of_ana.messages.count() == 1


def test_ana_forged_is_held_and_a_forged_result_header_is_not_read(request_of_ana, settings):
    settings.MAIL_AUTHSERV_ID = "mx.northlight.example"
    forged = comes_in(letter(request_of_ana, **{"Authentication-Results": "mx.northlight.example; dmarc=fail"}))
    assert forged.reason == "not_authentic"
    foreign = comes_in(letter(request_of_ana, **{"Authentication-Results": "evil.example; dmarc=fail"}))
    assert foreign.state == "accepted"


def test_without_a_token_only_a_vouched_reply_to_our_own_mail_is_taken(cast, request_of_ana, settings):
    settings.MAIL_AUTHSERV_ID = "mx.northlight.example"
    request_of_ana.reply("Please send the number.", by=cast.dora)
    ours = EmailDelivery.objects.get(key__startswith="message-").message_id
    plain = {"To": "reply@northlight.example", "In-Reply-To": ours}
    assert comes_in(letter(request_of_ana, **plain)).reason == "not_authentic"
    vouched = {**plain, "Authentication-Results": "mx.northlight.example; dmarc=pass"}
    assert comes_in(letter(request_of_ana, **vouched)).state == "accepted"
    assert comes_in(letter(request_of_ana, To="reply@northlight.example")).reason == "no_token"


@pytest.mark.parametrize("place", [8, 14, 30])
def test_a_changed_token_is_held_and_nothing_is_told(request_of_ana, place):
    address = reply_address("c", request_of_ana.pk, request_of_ana.customer)
    letter_there = "z" if address[place] != "z" else "y"
    mail = comes_in(letter(request_of_ana, To=address[:place] + letter_there + address[place + 1 :]))
    work()
    assert (mail.state, mail.reason, mail.place) == ("held", "wrong_token", None)
    assert EmailDelivery.objects.filter(key__startswith="held-").count() == 0


def test_the_token_of_another_conversation_with_anas_address_is_of_no_use(cast, request_of_ana):
    other = request_of_ana.__class__.objects.ask(by=cast.chris, title="x", text="y", channels=["mail"], product=None)
    mail = comes_in(letter(other))
    assert (mail.state, mail.reason) == ("held", "unknown_sender")
    assert other.messages.count() == 1


def test_a_forward_to_a_third_person_who_answers_is_held(request_of_ana):
    mail = comes_in(letter(request_of_ana, f"Fwd: look at this\n\n{quoted(OURS)}", From="mallory@example.org"))
    assert mail.state == "held"


def test_after_14_days_a_reply_is_rejected_with_its_words_given_back(cast, request_of_ana, mailoutbox):
    request_of_ana.close(by=cast.dora, result="solved")
    request_of_ana.closings.update(created_at=timezone.now() - timedelta(days=14, minutes=1))
    mail = comes_in(letter(request_of_ana, "It broke again."))
    work()
    assert (mail.state, mail.reason, mail.text) == ("rejected", "closed", "It broke again.")
    back = next(mail for mail in mailoutbox if "could not take" in mail.body)
    assert "It broke again." in back.body
    assert request_of_ana.messages.count() == 1


def test_within_14_days_a_reply_opens_it_again(cast, request_of_ana):
    request_of_ana.close(by=cast.dora, result="solved")
    request_of_ana.closings.update(created_at=timezone.now() - timedelta(days=13, hours=23))
    assert comes_in(letter(request_of_ana)).state == "accepted"
    request_of_ana.refresh_from_db()
    assert request_of_ana.state == "team"
    request_of_ana.item.refresh_from_db()
    assert request_of_ana.item.state == "open"


def test_too_big_is_rejected_with_the_reason_and_the_words(request_of_ana, mailoutbox, settings):
    settings.MAIL_MAX_BYTES = 2000
    mail = letter(request_of_ana, "See the recording.")
    mail.add_attachment(b"x" * 4000, maintype="audio", subtype="mpeg", filename="drop.mp3")
    kept = comes_in(mail)
    work()
    assert (kept.state, kept.reason) == ("rejected", "too_big")
    assert any("See the recording." in mail.body and "too big" in mail.body for mail in mailoutbox)
    assert Attachment.objects.count() == 0


def test_attachments_are_kept_by_kind(request_of_ana, tmp_path):
    picture = tmp_path / "p.png"
    Image.new("RGB", (40, 20), "red").save(picture)
    mail = letter(request_of_ana, "Look.")
    mail.add_attachment(picture.read_bytes(), maintype="image", subtype="png", filename="left cup.png")
    mail.add_attachment(b"<script>alert(1)</script>", maintype="text", subtype="html", filename="page.html")
    mail.add_attachment(b"<svg onload=alert(1)>", maintype="image", subtype="svg+xml", filename="x.svg")
    comes_in(mail)
    kept = {a.name: a.content_type for a in request_of_ana.messages.last().attachments.all()}
    assert kept == {
        "left cup.png": "image/png",
        "page.html": "application/octet-stream",
        "x.svg": "application/octet-stream",
    }


def bounce_of(delivery: EmailDelivery, to: str, status: str = "5.1.1") -> bytes:
    """A delivery report (RFC 3464) for one of our mails."""
    return (
        f"From: MAILER-DAEMON@mx.example.org\nTo: {to}\nReturn-Path: <>\nSubject: Undelivered\n"
        f"Message-ID: <{delivery.pk}.{status}@mx.example.org>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nNo such user.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: rfc822; {delivery.recipient}\nAction: failed\nStatus: {status}\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {delivery.message_id}\n\n--b--\n"
    ).encode()


def test_two_hard_bounces_and_the_address_is_left_alone(cast, request_of_ana):
    for number in range(3):
        request_of_ana.reply(f"Answer {number}", by=cast.dora)
        work()
        delivery = EmailDelivery.objects.filter(key__startswith="message-").last()
        if number < 2:
            mail = comes_in(bounce_of(delivery, delivery.envelope_from))
            assert (mail.state, mail.reason) == ("ignored", "bounce")
    assert EmailDelivery.objects.filter(key__startswith="message-").count() == 2
    assert EmailDelivery.objects.bounced_to("ana@example.org")
    assert Event.objects.filter(verb="mail.bounced").count() == 2


def test_a_forged_bounce_marks_nothing(cast, request_of_ana):
    request_of_ana.reply("Answer", by=cast.dora)
    work()
    delivery = EmailDelivery.objects.get(key__startswith="message-")
    comes_in(bounce_of(delivery, "reply+b-1.1.aaaaaaaaaaaaaaaaaaaaaaaaaa@northlight.example"))
    delivery.refresh_from_db()
    assert delivery.state == "sent"
