"""Our mail addresses: one for the replies of one person in one conversation, one for what mail servers send back."""

import re
from typing import Any

from django.conf import settings

from moderation.escalation.tokens import sign, unsign

OURS = re.compile(r"(?:^|[<\s,;:])[\"']?([^\s<>,;:\"'@+]+)\+([^\s<>,;:\"'@]+)@([^\s<>,;:\"']+)", re.IGNORECASE)


def reply_address(conversation: Any, person: Any) -> str:
    """Where this person's replies to this conversation go."""
    return _with_token(sign("reply", conversation.pk, person.pk))


def bounce_address(message: Any, person: Any) -> str:
    """The envelope sender of one mail to one person (VERP), so that a bounce says which address it was."""
    return _with_token("b-" + sign("bounce", message.pk, person.pk))


def tokens_in(recipients: list[str]) -> list[str]:
    """What stands after the plus in those recipients that are ours, the letters small."""
    local, _at, domain = settings.REPLY_ADDRESS.lower().partition("@")
    found = [match.groups() for text in recipients for match in OURS.finditer(text[:2000])]
    return list(
        dict.fromkeys(t.lower() for name, t, where in found if (name.lower(), where.lower()) == (local, domain))
    )


def read_reply_token(token: str) -> tuple[int, int] | None:
    """Conversation and person of a reply address; None when we did not write it."""
    return unsign("reply", token)


def read_bounce_token(token: str) -> tuple[int, int] | None:
    """Message and person of a bounce address; None when we did not write it."""
    return unsign("bounce", token.removeprefix("b-")) if token.startswith("b-") else None


def is_our_own(address: str) -> bool:
    """Whether an address is one that we write from."""
    local, _at, domain = address.lower().partition("@")
    name, _at, ours = settings.REPLY_ADDRESS.lower().partition("@")
    sender = re.search(r"[^\s<>]+@[^\s<>]+", settings.DEFAULT_FROM_EMAIL.lower())
    return (local.partition("+")[0], domain) == (name, ours) or bool(sender and address.lower() == sender[0])


def _with_token(token: str) -> str:
    local, _at, domain = settings.REPLY_ADDRESS.partition("@")
    return f"{local}+{token}@{domain}"
