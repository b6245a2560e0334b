"""Links to private files: made for one person, good for a while, useless to everybody else."""

from typing import Any

from django.core import signing
from django.urls import reverse

GOOD_FOR_SECONDS = 15 * 60
SALT = "escalation.attachment"


class Expired(Exception):
    """The link was good once."""


def link_for(attachment: Any, person: Any) -> str:
    """A fresh link to the file, for this person."""
    ticket = signing.dumps([attachment.key, person.pk], salt=SALT)
    return reverse("moderation:attachment-file", args=[ticket])


def read_ticket(ticket: str) -> tuple[str, int] | None:
    """Whose link it is and to what; None when it is not ours. Raises Expired when its time is over."""
    try:
        key, person_id = signing.loads(ticket, salt=SALT, max_age=GOOD_FOR_SECONDS)
    except signing.SignatureExpired as error:
        raise Expired from error
    except signing.BadSignature:
        return None
    return key, person_id
