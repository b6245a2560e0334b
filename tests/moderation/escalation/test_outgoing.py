"""Mail out: its headers, its one recipient, and a mail server that fails (AC-NOTE-4, G1, G8)."""

import contextlib
import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as django_mail

from community.notifications.addresses import MARKER, read_reply_token, tokens_in
from community.notifications.models import EmailDelivery
from community.notifications.tasks import NotSentYet, send_mail
from tests.community.inbound.letters import comes_in
from tests.jobs import work
from tests.moderation.escalation.letters import letter
from tests.moderation.escalation.scenes import ana_writes_in_private


class Sink:
    """A mail server's memory. `answers` are given to the next mails instead of taking them."""

    def __init__(self) -> None:
        self.mails: list = []
        self.answers: list[str] = []

    async def handle_DATA(self, server, session, envelope):
        if self.answers:
            return self.answers.pop(0)
        self.mails.append(
            (envelope.mail_from, envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default))
        )
        return "250 taken"


@pytest.fixture
def sink(settings):
    """A real SMTP server on a free port, to which the site sends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    handler.controller = controller
    yield handler
    handler.controller.stop()


@pytest.fixture
def request_of_ana(cast):
    return ana_writes_in_private(cast)


def private_mails(sink):
    return [found for found in sink.mails if "reply+" in str(found[2]["Reply-To"] or "")]


def deliver_one(pk: int) -> None:
    with contextlib.suppress(NotSentYet):
        send_mail(mail_id=pk)


def test_ac_priv_4_an_answer_goes_out_with_a_signed_reply_address_and_the_marker(cast, request_of_ana, sink):
    request_of_ana.reply("Please send the **serial number**.", by=cast.dora)
    work()
    [(envelope_from, recipients, mail)] = private_mails(sink)
    assert recipients == ["ana@example.org"]
    assert read_reply_token(tokens_in([mail["Reply-To"]])[0]) == ("c", request_of_ana.pk, cast.ana.pk)
    assert tokens_in([envelope_from])[0].startswith("b-")
    assert mail["From"].startswith('"Dora, Bluetooth"') or mail["From"].startswith("Dora")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Subject"] == f"A refund (#{request_of_ana.pk})"
    assert mail.get_body(("plain",)).get_content().startswith(MARKER)
    assert "<strong>serial number</strong>" in mail.get_body(("html",)).get_content()
    assert f"/requests/{request_of_ana.token}/" in mail.get_body(("plain",)).get_content()


def test_all_mails_of_a_conversation_share_one_chain_and_subject(cast, request_of_ana, sink):
    request_of_ana.reply("First.", by=cast.dora)
    work()
    comes_in(letter(request_of_ana, "A reply.", **{"Message-ID": "<anas-own@mail.example.org>"}))
    request_of_ana.reply("Second.", by=cast.emil)
    work()
    (_, _, first), (_, _, second) = private_mails(sink)
    assert first["Message-ID"] in second["References"]
    assert second["In-Reply-To"] == "<anas-own@mail.example.org>"
    assert first["References"].split()[0] == second["References"].split()[0]
    assert first["Subject"] == second["Subject"]
    assert first["Message-ID"] != second["Message-ID"]


def test_without_the_mail_channel_no_words_are_mailed(cast, sink):
    conversation = ana_writes_in_private(cast, channels=["page"])
    conversation.reply("Your code is CANARY-77.", by=cast.dora)
    work()
    assert not private_mails(sink)
    assert all("CANARY-77" not in str(mail) for _from, _to, mail in sink.mails)
    assert cast.ana.notifications.filter(kind="private").count() == 1


def test_a_server_that_is_down_costs_nothing_and_doubles_nothing(cast, request_of_ana, sink):
    request_of_ana.reply("Never lost.", by=cast.dora)
    row = EmailDelivery.objects.get(key__startswith="message-")
    sink.controller.stop()
    for _ in range(3):
        deliver_one(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 3)
    sink.controller = Controller(sink, hostname="127.0.0.1", port=sink.controller.port)
    sink.controller.start()
    deliver_one(row.pk)
    deliver_one(row.pk)
    row.refresh_from_db()
    assert row.state == "sent"
    assert len(private_mails(sink)) == 1


@pytest.mark.parametrize(("answer", "state"), [("451 not now", "waiting"), ("554 no", "failed")])
def test_not_now_is_tried_again_and_no_is_final(cast, request_of_ana, sink, answer, state):
    request_of_ana.reply("Words.", by=cast.dora)
    row = EmailDelivery.objects.get(key__startswith="message-")
    sink.answers = [answer]
    deliver_one(row.pk)
    row.refresh_from_db()
    assert row.state == state
    deliver_one(row.pk)
    assert len(private_mails(sink)) == (1 if state == "waiting" else 0)


def test_every_try_carries_the_same_message_id(cast, request_of_ana, sink):
    request_of_ana.reply("Words.", by=cast.dora)
    row = EmailDelivery.objects.get(key__startswith="message-")
    deliver_one(row.pk)
    EmailDelivery.objects.filter(pk=row.pk).update(state="waiting")  # the worker died before it could write "sent"
    deliver_one(row.pk)
    first, second = (mail["Message-ID"] for _f, _t, mail in private_mails(sink))
    assert first == second == row.message_id


HOSTILE = [
    "x\r\nBcc: mallory@example.org",
    "x\nTo: mallory@example.org",
    "x\r\n\r\nbody",
    "x%0d%0aBcc: mallory@example.org",
    "\u2028Bcc: mallory@example.org",
    "=?utf-8?q?x=0d=0aBcc:_mallory@example.org?=",
    "a" * 198,
    "ü" * 198,
    "\u202egnp.exe",
    "{{7*7}} {% now 'Y' %} %(x)s",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_subject_adds_no_header_and_no_recipient(cast, sink, title):
    conversation = ana_writes_in_private(cast, title=title)
    cast.dora.persona.alias = title[:60]
    cast.dora.persona.save()
    conversation.reply("Answer.", by=cast.dora)
    work()
    [(_from, recipients, mail)] = private_mails(sink)
    assert recipients == ["ana@example.org"]
    assert mail["Bcc"] is None
    assert mail.get_all("To") == ["ana@example.org"]
    assert max(len(line) for line in mail.as_bytes().splitlines()) <= 998


def test_a_robot_that_answers_everything_gets_one_mail(cast, request_of_ana, mailoutbox):
    request_of_ana.reply("Hello", by=cast.dora)
    work()
    sent = len(mailoutbox)
    for number in range(5):
        comes_in(letter(request_of_ana, f"I am away {number}", **{"Auto-Submitted": "auto-replied"}))
        work()
    assert len(django_mail.outbox) == sent
    assert request_of_ana.messages.count() == 2
