"""Mails as they come in, and the hook through which they are pushed."""

import time
from email.message import EmailMessage
from email.utils import make_msgid
from uuid import uuid4

from community.inbound.hook import signature
from community.inbound.models import InboundMail
from community.inbound.receiving import keep_raw, read_mail
from community.notifications.addresses import reply_address
from moderation.escalation.models import Conversation


def letter(conversation: Conversation | None = None, text: str = "It is 4711-A.", **headers: str) -> EmailMessage:
    """A reply from Ana's mailbox; a header given as an empty string is left out, `x_y` is written `X-Y`."""
    mail = EmailMessage()
    own = reply_address("c", conversation.pk, conversation.customer) if conversation else "reply@northlight.example"
    fields = {
        "From": "Ana <ana@example.org>",
        "To": own,
        "Subject": "Re: About my Beam 2",
        "Message-ID": make_msgid(domain="mail.example.org"),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in fields.items():
        if value:
            mail[name] = value
    mail.set_content(text)
    return mail


def comes_in(mail: EmailMessage | bytes, **options) -> InboundMail:
    """The mail is kept and read, as the job does it."""
    kept = keep_raw(mail if isinstance(mail, bytes) else mail.as_bytes(), source="hook", **options)
    read_mail(kept)
    kept.refresh_from_db()
    return kept


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
