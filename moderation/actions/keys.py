"""The key with which files of the log and closing seals are signed: made from the site's secret."""

import hashlib
from base64 import b64encode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def private_key() -> Ed25519PrivateKey:
    """The same as long as the secret is."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"audit file {settings.SECRET_KEY}".encode()).digest())


def public_key() -> str:
    """Its public half, to be written down elsewhere."""
    return b64encode(private_key().public_key().public_bytes_raw()).decode()
