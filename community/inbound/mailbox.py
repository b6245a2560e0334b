"""The mail channel, inwards by IMAP: new mails are kept here first and marked as seen there afterwards."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from django.conf import settings
from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted

from community.inbound.models import InboundMail
from community.inbound.receiving import keep_raw

log = logging.getLogger(__name__)
TIMEOUT = 30
MOST_AT_ONCE = 100
LARGEST = 25 * 1024 * 1024


@contextmanager
def open_mailbox() -> Iterator[BaseMailBox]:
    """Sign in to the mailbox of `IMAP_URL`, such as imaps://user:password@host:993/INBOX."""
    url = urlsplit(settings.IMAP_URL)
    is_plain = url.scheme == "imap"
    kind = MailBoxUnencrypted if is_plain else MailBox
    box = kind(url.hostname or "localhost", url.port or (143 if is_plain else 993), timeout=TIMEOUT)
    folder = unquote(url.path.strip("/")) or "INBOX"
    with box.login(unquote(url.username or ""), unquote(url.password or ""), initial_folder=folder):
        yield box


def fetch_new(box: BaseMailBox | None = None) -> list[InboundMail]:
    """Keep every unseen mail. One that is fetched twice, after a crash in between, is kept as a duplicate."""
    if box is None:
        with open_mailbox() as opened:
            return fetch_new(opened)
    kept = []
    for uid in box.uids(AND(seen=False))[:MOST_AT_ONCE]:
        raw = raw_of(box, uid)
        if raw:
            kept.append(keep_raw(raw, source="mailbox"))
        box.flag(uid, "\\Seen", True)
    return [mail for mail in kept if mail.state == InboundMail.State.RECEIVED]


def raw_of(box: BaseMailBox, uid: str) -> bytes:
    """The mail as it lies there, up to a limit, without marking it."""
    _status, answer = box.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
    return next((part[1] for part in answer if isinstance(part, tuple)), b"")


def can_idle(box: BaseMailBox) -> bool:
    """Whether the server tells of new mail by itself."""
    return "IDLE" in box.client.capabilities
