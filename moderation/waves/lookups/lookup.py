"""What every outside service takes and gives."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

SECONDS = 8


@dataclass(frozen=True)
class About:
    """What is asked about: as little as possible, and never a network address."""

    email: str
    text: str = ""
    url: str = ""
    locale: str = "en"


@dataclass(frozen=True)
class Said:
    """How sure it is (0 to 1), and why in words."""

    confidence: float
    reason: str


class Lookup(Protocol):
    """One service."""

    name: ClassVar[str]

    def ask(self, about: About) -> Said | None:
        """What it says; None when it knows nothing bad."""
