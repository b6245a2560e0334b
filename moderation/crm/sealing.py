"""Secrets of connections, sealed before they reach the database, so that a backup alone opens no CRM."""

import base64
import hashlib
import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _seal() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"porchlight.crm.seal:" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def seal(secrets: dict[str, str]) -> str:
    """The sealed form of some secrets."""
    return _seal().encrypt(json.dumps(secrets).encode()).decode()


def unseal(sealed: str) -> dict[str, str]:
    """The secrets again; none when they were sealed with a key that nobody has any more."""
    try:
        return json.loads(_seal().decrypt(sealed.encode())) if sealed else {}
    except InvalidToken:
        return {}
