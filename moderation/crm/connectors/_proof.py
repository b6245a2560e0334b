"""Proving messages of CRMs that sign with a shared secret and the time."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from moderation.crm.connectors.errors import Invalid

TOLERANCE = timedelta(minutes=5)


def lowered(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers by their small names."""
    return {name.lower(): value for name, value in headers.items()}


def refuse_untimely(sent: datetime, now: datetime) -> None:
    """A message is five minutes old or early at most, so that nobody sends an old one again."""
    if abs(now - sent) > TOLERANCE:
        raise Invalid("The message is too old, or from the future.")


def refuse_unsigned(secret: str, said: bytes, signature: str) -> None:
    """The signature must be base64 of the HMAC-SHA256 of what was said."""
    mine = base64.b64encode(hmac.new(secret.encode(), said, hashlib.sha256).digest())
    if not secret or not hmac.compare_digest(mine, signature.encode()):
        raise Invalid("The signature is wrong.")
