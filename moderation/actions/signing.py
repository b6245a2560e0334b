"""The audit log as a file that proves itself: JSON lines, and a last line with a signature over all before it.

The key is made from the site's secret; its public half stands in the first line and is printed by
`manage.py verify_audit`. Whoever wrote that down can check the file anywhere, and so can `verify_audit --export FILE`.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from community.events.models import Event
from moderation.actions.keys import private_key, public_key
from moderation.actions.models import Seal
from moderation.actions.saying import in_words, reason_of
from moderation.actions.sealing import head


def signed(events: Iterable[Event]) -> Iterator[str]:
    """A first line about the file, a line for each event, and the signature."""
    last, digest, count = head(), hashlib.sha256(), 0
    about = {"site": settings.SITE_URL, "key": public_key(), "last_seal": last.digest if last else ""}
    for facts in lines(about, events):
        line = json.dumps(facts, ensure_ascii=False, sort_keys=True) + "\n"
        digest.update(line.encode())
        count += 1
        yield line
    signature = b64encode(private_key().sign(digest.digest())).decode()
    yield json.dumps({"lines": count, "signature": signature}) + "\n"


def lines(about: dict[str, Any], events: Iterable[Event]) -> Iterator[dict[str, Any]]:
    """What the file says, event by event, each with its place in the chain."""
    yield about
    for event in events:
        seal = Seal.objects.filter(event=event.pk).first()
        yield {
            "number": event.pk, "at": event.created_at.isoformat(), "verb": event.verb,
            "person": event.actor.username if event.actor else "", "sentence": in_words(event),
            "object": f"{event.subject_type.model}:{event.subject_id}", "reason": reason_of(event),
            "request": event.request_id, "seal": seal.number if seal else None, "digest": seal.digest if seal else "",
        }  # fmt: skip


def fault_of(path: Path) -> str:
    """What is wrong with a file; empty when it is as this site wrote it."""
    *said, last = path.read_bytes().splitlines(keepends=True) or [b""]
    try:
        end = json.loads(last)
        signature, count = b64decode(end["signature"]), end["lines"]
    except (ValueError, KeyError, TypeError):
        return "there is no signature at its end"
    if count != len(said):
        return f"it has {len(said)} lines and was signed with {count}"
    key = Ed25519PublicKey.from_public_bytes(b64decode(public_key()))
    try:
        key.verify(signature, hashlib.sha256(b"".join(said)).digest())
    except InvalidSignature:
        return "it was changed, or another site has signed it"
    return ""
