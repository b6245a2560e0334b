"""What a check of the gate can say about a text."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What happens to the text."""

    PUBLISH = "publish"
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Finding:
    """One thing a check noticed: what it wants done, why (a sentence for the person), and where in the text."""

    check: str
    outcome: Outcome
    reason: str
    start: int = 0
    end: int = 0
    kind: str = ""
    offers: tuple[str, ...] = ()
    status: int = 422
