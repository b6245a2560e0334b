"""Our mail addresses: one for the replies of one person about one matter, one for what mail servers send back.

A reply address begins with the code of its purpose (`c-` a private conversation, `p-` a public post …); what each of
them means is registered in `community.inbound.purposes`.
"""

import re
from email.utils import parseaddr
from typing import Any, NamedTuple

from django.conf import settings

from community.tokens import sign, unsign

OURS = re.compile(r"(?:^|[<\s,;:])[\"']?([^\s<>,;:\"'@+]+)\+([^\s<>,;:\"'@]+)@([^\s<>,;:\"']+)", re.IGNORECASE)
BOUNCE = "b"
MARKER = "--- Reply above this line / Antwort über diese Zeile ---"
"""Stands above everything we write that can be answered, so that what comes back below it is ours. The same in every
language."""


class Owner(NamedTuple):
    """What a reply address says: for which purpose, about which row, and whose it is."""

    code: str
    about: int
    person: int


def takes_mail() -> bool:
    """Whether replies can reach us at all: there is a mailbox, or a hook for mail that is pushed."""
    return bool(settings.IMAP_URL or settings.MAIL_HOOK_SECRET or settings.MAIL_PROVIDER_SECRET)


def reply_address(code: str, about: int, person: Any) -> str:
    """Where this person's replies about this go."""
    return _with_token(code, sign(f"reply.{code}", about, person.pk))


def bounce_address(delivery: Any) -> str:
    """The envelope sender of one mail (VERP), so that a delivery report says which mail it was."""
    return _with_token(BOUNCE, sign("bounce", delivery.pk, delivery.person_id or 0))


def tokens_in(recipients: list[str]) -> list[str]:
    """What stands after the plus in those recipients that are ours, the letters small."""
    local, _at, domain = settings.REPLY_ADDRESS.lower().partition("@")
    found = [match.groups() for text in recipients for match in OURS.finditer(text[:2000])]
    return list(
        dict.fromkeys(t.lower() for name, t, where in found if (name.lower(), where.lower()) == (local, domain))
    )


def read_reply_token(token: str) -> Owner | None:
    """What a reply address says; None when we did not write it."""
    code, _dash, signed = token.partition("-")
    found = unsign(f"reply.{code}", signed) if code != BOUNCE else None
    return Owner(code, *found) if found else None


def read_bounce_token(token: str) -> tuple[int, int] | None:
    """Delivery and person of a bounce address; None when we did not write it."""
    return unsign("bounce", token.removeprefix("b-")) if token.startswith("b-") else None


def sender_address() -> str:
    """The address that our mails come from, without the site's name before it."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def is_our_own(address: str) -> bool:
    """Whether an address is one that we write from."""
    local, _at, domain = address.lower().partition("@")
    name, _at, ours = settings.REPLY_ADDRESS.lower().partition("@")
    return (local.partition("+")[0], domain) == (name, ours) or address.lower() == sender_address().lower()


def _with_token(code: str, token: str) -> str:
    local, _at, domain = settings.REPLY_ADDRESS.partition("@")
    return f"{local}+{code}-{token}@{domain}"
