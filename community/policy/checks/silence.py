"""Silence: whoever was silenced publishes nothing until it is over; private words to the team pass."""

from collections.abc import Iterable
from typing import Any

from community.people.silencing import Silence
from community.policy.findings import Finding, Outcome

PRIVATE_DOORS = {"note", "message", "mail_private", "import", "appeal"}


def silence(text: str, by: Any, where: str) -> Iterable[Finding]:
    """The longest silence in force refuses, and says until when."""
    if by is None or by.pk is None or where in PRIVATE_DOORS:
        return
    row = Silence.objects.longest_of(by)
    if row is not None:
        yield Finding("silence", Outcome.REFUSE, row.sentence, status=403)
