"""One mail being judged: what it says, and what we found out about it."""

from dataclasses import dataclass
from typing import NamedTuple

from community.people.models import Person
from moderation.escalation.inbound.letter import Letter
from moderation.escalation.models import Conversation, InboundMail


class Decision(NamedTuple):
    """What becomes of the mail, and why."""

    state: str
    reason: str


@dataclass
class Case:
    """A kept mail, its letter, and where it belongs as far as we know."""

    mail: InboundMail
    letter: Letter
    conversation: Conversation | None = None
    person: Person | None = None
    is_by_reference: bool = False


HELD, IGNORED, REJECTED = InboundMail.State.HELD, InboundMail.State.IGNORED, InboundMail.State.REJECTED
