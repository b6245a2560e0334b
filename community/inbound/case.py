"""One mail being judged: what it says, and what we found out about it."""

from dataclasses import dataclass
from typing import NamedTuple

from community.inbound.letter import Letter
from community.inbound.models import InboundMail
from community.inbound.purposes import Place
from community.people.models import Person


class Decision(NamedTuple):
    """What becomes of the mail, and why."""

    state: str
    reason: str
    explanation: str = ""


@dataclass
class Case:
    """A kept mail, its letter, and where it belongs as far as we know."""

    mail: InboundMail
    letter: Letter
    place: Place | None = None
    author: Person | None = None
    is_by_reference: bool = False


HELD, IGNORED, REJECTED = InboundMail.State.HELD, InboundMail.State.IGNORED, InboundMail.State.REJECTED
