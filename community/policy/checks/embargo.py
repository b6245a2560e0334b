"""Embargoes: the team does not say before its time what it knows. What customers guess is theirs to guess."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from community.policy.findings import Finding, Outcome
from community.policy.models import Embargo

PRIVATE_DOORS = {"note", "appeal", "import"}


def embargo(text: str, by: Any, where: str) -> Iterable[Finding]:
    """The team's own words, in public and to customers in private. It ends by itself at the moment named."""
    if by is None or not by.is_team or where in PRIVATE_DOORS:
        return
    for row in Embargo.objects.in_force():
        for start, end in row.spans(text):
            sentence = _("“%(words)s” is under embargo until %(until)s. %(reason)s Your text is kept.")
            told = {"words": text[start:end], "until": row.local_until, "reason": row.reason}
            yield Finding("embargo", Outcome.REFUSE, sentence % told, start, end, rule=f"embargo:{row.pk}", status=409)
            break
