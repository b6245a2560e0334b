"""What a trust level asks for, and which level somebody's facts reach."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """What one level asks for. Each is kept by the ledger or by the clock; how much somebody wrote is none of them."""

    days: int
    points: int
    helped: int
    people: int


@dataclass(frozen=True)
class Measured:
    """What somebody has of each."""

    days: int
    points: int
    helped: int
    people: int

    def meets(self, asked: Asked) -> bool:
        """Whether it is enough, in every respect."""
        return (
            self.days >= asked.days
            and self.points >= asked.points
            and self.helped >= asked.helped
            and self.people >= asked.people
        )


USUAL = (
    Asked(days=1, points=5, helped=0, people=1),
    Asked(days=30, points=60, helped=2, people=3),
    Asked(days=90, points=200, helped=5, people=6),
    Asked(days=365, points=800, helped=25, people=15),
)
"""From level 1 to 4, until somebody changes it on the page of levels."""
USUAL_GRACE = 14
"""Days for which somebody keeps a level that they no longer meet."""


def reached(measured: Measured, bars: Sequence[Asked]) -> int:
    """The level that these facts reach: each level counts only above the one before."""
    level = 0
    for number, asked in enumerate(bars, 1):
        if not measured.meets(asked):
            break
        level = number
    return level
