"""The key pair by which push services know this site (VAPID, RFC 8292). Without one there is no push.

In production the private half is `PUSH_PRIVATE_KEY`, which `manage.py push_keys` makes. On a laptop the pair is made
from the laptop's secret, so that push can be tried at once.
"""

import base64
import hashlib
import time
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from community.notifications.addresses import sender_address

GOOD_FOR = 12 * 3600
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The number of points of the curve P-256: a private key is a number below it."""


@dataclass(frozen=True)
class Keys:
    """The pair."""

    private: ec.EllipticCurvePrivateKey

    @cached_property
    def public(self) -> str:
        """What browsers are given."""
        return url64(self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    @property
    def written(self) -> str:
        """The private half, for `PUSH_PRIVATE_KEY`."""
        return url64(self.private.private_numbers().private_value.to_bytes(32, "big"))

    def authorization(self, endpoint: str) -> str:
        """Proof for one push service that a message is ours."""
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int(time.time()) + GOOD_FOR,
            "sub": f"mailto:{sender_address()}",
        }
        return f"vapid t={jwt.encode(claims, self.private, algorithm='ES256')}, k={self.public}"


def new_keys() -> Keys:
    """A fresh pair."""
    return Keys(ec.generate_private_key(ec.SECP256R1()))


@lru_cache(maxsize=4)
def read_keys(written: str) -> Keys:
    """A pair from the private half. Raises ValueError when it is none."""
    return _pair(int.from_bytes(from64(written), "big"))


def site_keys() -> Keys | None:
    """This site's pair; None when push is off."""
    if settings.PUSH_PRIVATE_KEY:
        return read_keys(settings.PUSH_PRIVATE_KEY)
    return None if settings.PRODUCTION else _laptop_keys(settings.SECRET_KEY)


@lru_cache(maxsize=4)
def _laptop_keys(secret: str) -> Keys:
    digest = hashlib.sha512(b"notifications.push:" + secret.encode()).digest()
    return _pair(int.from_bytes(digest, "big") % (ORDER - 1) + 1)


def _pair(number: int) -> Keys:
    return Keys(ec.derive_private_key(number, ec.SECP256R1()))


def url64(data: bytes) -> str:
    """Base 64 as addresses and push services want it."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from64(text: str) -> bytes:
    """The bytes again. Raises ValueError for anything else."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
