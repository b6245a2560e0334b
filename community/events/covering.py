"""Private details in the reason of an event: the words are covered, and the seal over the event still holds.

A seal is made over the mark of a reason, not over the reason. When the words are covered, the event keeps the mark of
what it said and the mark of what it says now; both are keyed, so nobody can make them who only has the database.
"""

import hashlib
import hmac
from typing import Any

from django.conf import settings

from community.events.models import Event

COVERED = "covered"


def cover_reason(event: Event, reason: str) -> None:
    """Let the event give this reason instead. Nothing is written when that is what it says already."""
    said = event.details.get("reason")
    if said is None or said == reason:
        return
    was = event.details.get(COVERED, {}).get("was") or mark(said)
    event.details = {**event.details, "reason": reason, COVERED: {"was": was, "now": mark(reason)}}
    event.save(update_fields=["details"])


def as_sealed(details: dict[str, Any]) -> dict[str, Any]:
    """The details as a seal knows them. A reason that somebody else has changed gives other ones than it had."""
    if "reason" not in details:
        return details
    now, covered = mark(details["reason"]), details.get(COVERED)
    rest = {name: value for name, value in details.items() if name != COVERED}
    if covered is None:
        return {**rest, "reason": now}
    is_ours = isinstance(covered, dict) and hmac.compare_digest(str(covered.get("now", "")), now)
    return {**rest, "reason": covered["was"]} if is_ours else {**rest, "reason": now, COVERED: covered}


def mark(reason: Any) -> str:
    """A keyed hash of a reason."""
    key = hashlib.sha256(f"reason {settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, str(reason).encode(), hashlib.sha256).hexdigest()
