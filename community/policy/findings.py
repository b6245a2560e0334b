"""What a check of the gate can say about a text."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What happens to the text."""

    PUBLISH = "publish"
    HINT = "hint"  # it is published, and somebody looks at it
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Finding:
    """One thing a check noticed: what it wants done, why (a sentence for the person), and where in the text.

    `rule` and `version` name the rule that a moderator wrote, such as `words:12`; `note` is what the moderators read.
    """

    check: str
    outcome: Outcome
    reason: str
    start: int = 0
    end: int = 0
    kind: str = ""
    offers: tuple[str, ...] = ()
    status: int = 422
    rule: str = ""
    version: int = 1
    points: int = 20
    note: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """For the event: what found it, and how much that says. Never a word of the text."""
        return {
            "rule": self.rule or self.check,
            "version": self.version,
            "reason": (self.note or self.reason)[:300],
            "points": self.points,
        }
