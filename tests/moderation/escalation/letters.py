"""Mails as they come in, and the hook through which they are pushed."""

import time
from email.message import EmailMessage
from email.utils import make_msgid
from uuid import uuid4

from community.inbound.hook import signature
from community.notifications.addresses import reply_address
from moderation.escalation.models import Conversation
from tests.community.inbound.letters import written


def letter(conversation: Conversation | None = None, text: str = "It is 4711-A.", **headers: str) -> EmailMessage:
    """A reply from Ana's mailbox."""
    own = reply_address("c", conversation.pk, conversation.customer) if conversation else "reply@northlight.example"
    fields = {
        "From": "Ana <ana@example.org>",
        "To": own,
        "Subject": "Re: About my Beam 2",
        "Message-ID": make_msgid(domain="mail.example.org"),
    }
    return written(fields, text, headers)


def push(client, raw: bytes, secret_settings, *, late_by: int = 0, spoil: bytes = b"", **headers):
    """POST a raw mail to the hook, signed with the secret of the settings."""
    hook_id, moment = f"msg_{uuid4().hex}", str(int(time.time()) - late_by)
    signed = {
        "webhook-id": hook_id,
        "webhook-timestamp": moment,
        "webhook-signature": signature(hook_id, moment, raw),
        **headers,
    }
    return client.post("/hooks/email/", raw + spoil, content_type="message/rfc822", headers=signed)
