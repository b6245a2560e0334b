"""Tokens that cannot be guessed: of pages, and of mail addresses that belong to one recipient of one matter.

Mail addresses lose their case on the way, so these tokens are base 32 in small letters. They are not secret signatures
of a session: who has one can at most send words to one place, and the sender is checked as well.
"""

import base64
import hashlib
import hmac
import re
import secrets

from django.conf import settings

FORM = re.compile(r"\A([0-9a-z]{1,13})\.([0-9a-z]{1,13})\.([a-z2-7]{26})\Z")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def new_token() -> str:
    """192 random bits, fit for an address."""
    return secrets.token_urlsafe(24)


def sign(purpose: str, first: int, second: int) -> str:
    """Two numbers with 128 bits of proof that we wrote them for this purpose."""
    return f"{_short(first)}.{_short(second)}.{_proof(purpose, first, second)}"


def unsign(purpose: str, token: str) -> tuple[int, int] | None:
    """The two numbers, or None when a single character is not ours."""
    match = FORM.match(token.lower())
    if not match:
        return None
    first, second = int(match[1], 36), int(match[2], 36)
    good = hmac.compare_digest(_proof(purpose, first, second), match[3])
    return (first, second) if good else None


def _proof(purpose: str, first: int, second: int) -> str:
    key = hashlib.sha256(b"community.tokens" + settings.SECRET_KEY.encode()).digest()
    digest = hmac.new(key, f"{purpose}:{first}:{second}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:16]).decode().rstrip("=").lower()


def _short(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = DIGITS[rest] + text
    return text or "0"
