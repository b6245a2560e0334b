"""queue_mail(): the one way to send a mail. The row is written with what caused it; a job sends it.

It is written in the caller's transaction, tried again for a day, and a key is never mailed twice. What it takes:

- `template`: "answer" renders `emails/answer.txt` and `emails/answer.html`, which extend `emails/base.*`,
  with `context` plus `site_name`, `site_url`, `person`, `subject`, `reason`, `unsubscribe_url`.
- `to`: a Person (their address, their language) or an address.
- `key`: what the mail is for, such as "event-42-person-7". Asked again with the same key, nothing new is written.
- `reason`: why they get it; a kind has one of its own. No mail goes without.
- `kind`: a key of `kinds.KINDS` gives List-Unsubscribe (one click), List-Id and the reason line; empty for mails
  that cannot be turned off (sign-in codes, a private answer). Whether the person wants the kind is asked by
  `notify()`, not here.
- `chain`: such as "thread-42" or "conversation-7". Mails of one chain to one address share References and, given
  the same `subject`, show as one thread. `in_reply_to`: the Message-ID of the person's own mail, when answering it.
- `sender_name`: shown before our address. `reply_to`: signed address for replies. `envelope_from`: VERP address.
- `headers`: more headers; they win over ours, but for Message-ID.
- `calendar`: an event (RFC 5545), attached as a file that calendars open.
- `wait`: seconds for which it can still be dropped before it goes.
- `is_secret`: the words are wiped from the row once sent (codes, links that open something).
"""

import hashlib
import hmac
import re
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from community.notifications.addresses import sender_address
from community.notifications.kinds import KINDS
from community.notifications.models import EmailDelivery
from community.notifications.tasks import defer_sending
from community.notifications.unsubscribing import unsubscribe_url

LAST_REFERENCES = 12
LONGEST_WORD = 600
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def queue_mail(
    template: str,
    *,
    to: Any,
    key: str,
    subject: Any,
    context: dict[str, Any] | None = None,
    kind: str = "",
    reason: Any = "",
    chain: str = "",
    language: str = "",
    sender_name: str = "",
    reply_to: str = "",
    envelope_from: str = "",
    headers: dict[str, str] | None = None,
    in_reply_to: str = "",
    calendar: str = "",
    is_secret: bool = False,
    wait: int = 0,
) -> EmailDelivery | None:
    """The row: the new one, the earlier one for a known key, or None when there is no address to write to."""
    person, recipient = (None, to) if isinstance(to, str) else (to, to.email)
    if not is_address(recipient):
        return None
    off = unsubscribe_url(person, kind) if person and kind else ""
    words = {"person": person, "unsubscribe_url": off, **site_words(), **(context or {})}
    with translation.override(language or getattr(person, "locale", "") or settings.LANGUAGE_CODE):
        written = render(template, first_subject(chain, recipient) or subject, reason or reason_of(kind), words)
    fields = written | {
        "person": person,
        "recipient": recipient,
        "sender": sender(sender_name),
        "envelope_from": one_line(envelope_from),
        "reply_to": one_line(reply_to),
        "kind": kind, "chain": chain, "calendar": calendar, "is_secret": is_secret,
        "headers": HEADERS | list_headers(kind, off) | thread_headers(chain, recipient, in_reply_to) | clean(headers),
    }  # fmt: skip
    return write_once(key, fields, wait)


def reason_of(kind: str) -> Any:
    """The line "why you got this" of a kind. Raises ValueError when there is none: no mail goes without."""
    if not kind:
        raise ValueError("The mail does not say why it was sent.")
    return KINDS[kind].reason


def first_subject(chain: str, recipient: str) -> str:
    """The subject under which a chain began in this mailbox: it stays, whatever the title becomes."""
    sent = EmailDelivery.objects.filter(chain=chain, recipient__iexact=recipient).order_by("pk") if chain else None
    return (sent.values_list("subject", flat=True).first() or "") if sent is not None else ""


def clean(headers: dict[str, str] | None) -> dict[str, str]:
    """Headers of the caller, each on one line."""
    return {name: one_line(value) for name, value in (headers or {}).items()}


def render(template: str, subject: Any, reason: Any, words: dict[str, Any]) -> dict[str, str]:
    """Subject and both bodies, in the language of the moment."""
    line = one_line(str(subject))[:300]
    words = {"subject": line, "reason": str(reason), **words}
    text, html = (render_to_string(f"emails/{template}.{ending}", words) for ending in ("txt", "html"))
    return {"subject": line, "text": text.strip() + "\n", "html": html}


def write_once(key: str, fields: dict[str, Any], wait: int = 0) -> EmailDelivery:
    """The row and its job, or the row that the key had before."""
    fields = {"message_id": message_id_for(key), **fields}
    with transaction.atomic():
        mail, is_new = EmailDelivery.objects.get_or_create(key=key, defaults=fields)
        if is_new:
            defer_sending(mail.pk, wait)
    return mail


def site_words() -> dict[str, str]:
    """What every mail knows."""
    return {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}


def is_address(address: str) -> bool:
    """Whether it is one plain address and nothing else."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return address.isprintable()


def one_line(text: str) -> str:
    """A header's value: no line break, control character or encoded word in it begins another header.

    No word is so long that its line cannot be folded.
    """
    words = re.sub(r"[\x00-\x1f\x7f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]+", " ", text).replace("=?", "= ?")
    return " ".join(word[:LONGEST_WORD] for word in words.split())


def sender(name: str = "") -> str:
    """Our address, under the site's name or a persona's."""
    return formataddr((one_line(name)[:80], sender_address())) if name else settings.DEFAULT_FROM_EMAIL


def mail_domain() -> str:
    """The right-hand side of our Message-IDs: the domain of our address."""
    return sender_address().rpartition("@")[2] or "localhost"


def message_id_for(key: str) -> str:
    """The same key always gives the same Message-ID, so that a mail that was sent twice can be recognised."""
    digest = hmac.new(settings.SECRET_KEY.encode(), key.encode(), hashlib.sha256).hexdigest()[
        :16
    ]  # short enough that no line is folded
    return f"<{re.sub(r'[^a-z0-9.-]+', '-', key.lower())[:24]}.{digest}@{mail_domain()}>"


def thread_headers(chain: str, recipient: str, in_reply_to: str = "") -> dict[str, str]:
    """In-Reply-To and References: the chain's root, what we wrote to this address before, and what is answered."""
    if not chain and not in_reply_to:
        return {}
    root = [message_id_for(f"chain.{chain}")] if chain else []
    sent = EmailDelivery.objects.filter(chain=chain, recipient__iexact=recipient).order_by("-pk")
    earlier = list(sent.values_list("message_id", flat=True)[:LAST_REFERENCES])[::-1] if chain else []
    references = list(dict.fromkeys([*root, *earlier, *([one_line(in_reply_to)] if in_reply_to else [])]))
    return {"In-Reply-To": references[-1], "References": " ".join(references)}


def list_headers(kind: str, off: str) -> dict[str, str]:
    """What lets a mailbox sort the mails of a kind and turn them off with one click (RFC 2919, 8058)."""
    if not off:
        return {}
    return {
        "List-Id": f"{one_line(settings.SITE_NAME)} <{kind}.{mail_domain()}>",
        "List-Unsubscribe": f"<{off}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "list",
    }
