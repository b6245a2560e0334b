"""Replies by mail to what the site has mailed, as they come in."""

from email.message import EmailMessage
from email.utils import make_msgid

from community.inbound.models import InboundMail
from community.inbound.receiving import keep_raw, read_mail
from community.notifications.models import EmailDelivery


def last_mail_to(person) -> EmailDelivery:
    """The newest mail that the site has written to somebody."""
    return EmailDelivery.objects.filter(person=person).order_by("-pk").first()


def reply_to(delivery: EmailDelivery, text: str, **headers: str) -> EmailMessage:
    """A reply to one of our mails, as a mail program writes it."""
    fields = {
        "From": f"<{delivery.recipient}>",
        "To": delivery.reply_to,
        "Subject": f"Re: {delivery.subject}",
        "Message-ID": make_msgid(domain="mail.example.org"),
        "In-Reply-To": delivery.message_id,
        "References": f"{delivery.headers.get('References', '')} {delivery.message_id}".strip(),
    }
    return written(fields, text, headers)


def written(fields: dict[str, str], text: str, headers: dict[str, str]) -> EmailMessage:
    """A mail; a header given as an empty string is left out, `x_y` is written `X-Y`."""
    mail = EmailMessage()
    for name, value in (fields | {name.replace("_", "-"): value for name, value in headers.items()}).items():
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
