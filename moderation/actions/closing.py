"""Where the chain of the audit log begins: with nothing, or with the closing seal of what was cut."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature

from moderation.actions.keys import private_key
from moderation.actions.models import ClosingSeal

BEGINNING = "0" * 64


@dataclass(frozen=True)
class Beginning:
    """The digest and the number before the first seal, the last event that was cut, and what is wrong with that."""

    digest: str = BEGINNING
    number: int = 0
    event: int = 0
    fault: str = ""


def beginning() -> Beginning:
    """As the closing seal says, if there is one."""
    closing = ClosingSeal.objects.first()
    if closing is None:
        return Beginning()
    fault = "" if is_ours(closing) else "the closing seal was changed"
    return Beginning(closing.digest, closing.number, closing.event, fault)


def sign(closing: ClosingSeal) -> None:
    """With the key of the exports."""
    closing.signature = b64encode(private_key().sign(words_of(closing))).decode()


def is_ours(closing: ClosingSeal) -> bool:
    """Whether it says what this site has signed."""
    try:
        private_key().public_key().verify(b64decode(closing.signature), words_of(closing))
    except (InvalidSignature, ValueError):
        return False
    return True


def words_of(closing: ClosingSeal) -> bytes:
    """What is signed."""
    facts = [
        closing.number, closing.digest, closing.event, closing.events, closing.file, closing.file_digest,
        closing.cut_at.isoformat(),
    ]  # fmt: skip
    return json.dumps(facts, separators=(",", ":")).encode()
