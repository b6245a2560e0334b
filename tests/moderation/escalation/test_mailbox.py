"""Replies fetched from a real IMAP mailbox, delivered there by LMTP under a plus address."""

import threading
import time

import pytest
from django.core.management import CommandError, call_command
from imap_tools import MailBoxUnencrypted

from community.inbound.mailbox import can_idle, fetch_new, open_mailbox
from community.inbound.models import InboundMail
from community.inbound.tasks import poll_mailbox, sweep_inbound
from community.notifications.addresses import reply_address
from tests.jobs import work
from tests.moderation.escalation.letters import letter
from tests.moderation.escalation.scenes import ana_writes_in_private

pytestmark = pytest.mark.slow


@pytest.fixture
def request_of_ana(cast, postbox, settings):
    settings.IMAP_URL = postbox.url
    with MailBoxUnencrypted("127.0.0.1", postbox.imap).login("reply", "secret") as box:
        box.delete(box.uids())
    return ana_writes_in_private(cast)


def deliver(postbox, conversation, text="It is 4711-A.", **headers):
    mail = letter(conversation, text, **headers)
    postbox.deliver(mail, reply_address("c", conversation.pk, conversation.customer))
    return mail


def test_a_reply_delivered_to_the_plus_address_becomes_a_message(postbox, request_of_ana):
    deliver(postbox, request_of_ana)
    poll_mailbox(timestamp=0)
    work()
    message = request_of_ana.messages.last()
    assert (message.number, message.source, message.via) == (2, "It is 4711-A.", "mail")
    kept = InboundMail.objects.get()
    assert (kept.state, kept.source) == ("accepted", "mailbox")
    assert b"It is 4711-A." in bytes(kept.raw)


def test_a_blind_copy_is_found_by_its_delivery_header(postbox, request_of_ana):
    address = reply_address("c", request_of_ana.pk, request_of_ana.customer)
    deliver(postbox, request_of_ana, To="undisclosed-recipients:;", **{"Delivered-To": address})
    poll_mailbox(timestamp=0)
    work()
    assert InboundMail.objects.get().state == "accepted"


def test_polled_twice_said_once_and_the_mail_is_seen(postbox, request_of_ana):
    deliver(postbox, request_of_ana)
    for _ in range(3):
        poll_mailbox(timestamp=0)
    work()
    assert InboundMail.objects.count() == 1
    assert request_of_ana.messages.count() == 2


def test_a_crash_before_it_is_marked_seen_doubles_nothing(postbox, request_of_ana):
    deliver(postbox, request_of_ana)
    fetch_new()
    with open_mailbox() as box:
        box.flag(box.uids(), "\\Seen", False)
    fetch_new()
    InboundMail.objects.update(created_at="2026-01-01T00:00Z")  # its job was lost with the worker
    sweep_inbound(timestamp=0)
    work()
    assert sorted(InboundMail.objects.values_list("state", flat=True)) == ["accepted", "ignored"]
    assert request_of_ana.messages.count() == 2


def test_order_and_robots_among_them(postbox, request_of_ana):
    deliver(postbox, request_of_ana, "first")
    deliver(postbox, request_of_ana, "I am away", **{"Auto-Submitted": "auto-replied"})
    deliver(postbox, request_of_ana, "second")
    call_command("mailbox", "--once")
    work()
    assert [message.source for message in request_of_ana.messages.all()][1:] == ["first", "second"]
    assert InboundMail.objects.filter(state="ignored", reason="automatic").count() == 1


def test_the_server_offers_idle_and_wakes_us(postbox, request_of_ana):
    with open_mailbox() as box:
        assert can_idle(box)
        mail, address = letter(request_of_ana), reply_address("c", request_of_ana.pk, request_of_ana.customer)
        late = threading.Timer(0.7, postbox.deliver, (mail, address))
        late.start()
        began = time.monotonic()
        box.idle.wait(timeout=20)
        assert time.monotonic() - began < 10
        late.join()
        assert len(fetch_new(box)) == 1


def test_without_an_address_the_command_says_what_to_set(settings, db):
    settings.IMAP_URL = ""
    with pytest.raises(CommandError, match="IMAP_URL"):
        call_command("mailbox", "--once")
    poll_mailbox(timestamp=0)
