"""A message that only one browser can read (RFC 8291, aes128gcm), and handing it to its push service (RFC 8030)."""

import hashlib
import json
import os
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from community.notifications.models import Device
from community.notifications.push_keys import Keys, from64, url64
from community.outside import line_to

KEPT_FOR = 24 * 3600
RECORD = 4096
TIMEOUT = 5.0


def sealed_for(device: Device, words: dict[str, Any]) -> bytes:
    """The message, sealed with a key that is made for it and thrown away."""
    theirs, secret = from64(device.p256dh), from64(device.auth)
    once = ec.generate_private_key(ec.SECP256R1())
    ours = once.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = once.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    material = derive(shared, secret, b"WebPush: info\x00" + theirs + ours, 32)
    salt = os.urandom(16)
    key = derive(material, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = derive(material, salt, b"Content-Encoding: nonce\x00", 12)
    text = json.dumps(words, ensure_ascii=False).encode()
    record = AESGCM(key).encrypt(nonce, text + b"\x02", None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours + record


def derive(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-256."""
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(material)


def hand_over(device: Device, words: dict[str, Any], keys: Keys, *, is_urgent: bool) -> httpx.Response:
    """Give it to the push service. A newer message of the same tag replaces one that has not been fetched.

    Raises httpx.HTTPError when nobody answers, `outside.Refused` among them when the address lies inside our network.
    """
    headers = {
        "Authorization": keys.authorization(device.endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_FOR),
        "Urgency": "high" if is_urgent else "normal",
        "Topic": url64(hashlib.sha256(str(words["tag"]).encode()).digest()[:20]),
    }
    body = sealed_for(device, words)
    with (
        line_to(may_reach_inside=settings.PUSH_MAY_REACH_INSIDE, timeout=TIMEOUT) as line,
        line.stream("POST", device.endpoint, content=body, headers=headers) as answer,
    ):
        return answer  # its words are of no use to us, and could be endless
