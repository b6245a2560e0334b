"""A raw mail, read with patience: nothing in it can make us fail, at worst a field is empty."""

from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import Any

from community.inbound.html import html_to_text
from community.inbound.parts import MOST_FILES, Upload, body_parts, decoded

TO_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")


@dataclass(frozen=True)
class Letter:
    """What we want to know of a mail."""

    message_id: str
    sender: str
    recipients: list[str]
    subject: str
    text: str
    files: tuple[Upload, ...] = ()
    references: list[str] = field(default_factory=list)
    headers: Message = field(default_factory=Message)

    def header(self, name: str) -> str:
        """A header's value as text; empty when missing."""
        return header(self.headers, name)


def read(raw: bytes, envelope_to: str = "") -> Letter:
    """Read a raw mail."""
    mail = message_from_bytes(raw)
    plain, html, files = body_parts(mail)
    text = plain if plain.strip() else html_to_text(html)
    recipients = [envelope_to, *(value for name in TO_HEADERS for value in all_headers(mail, name))]
    return Letter(
        message_id=message_id_of(mail),
        sender=sender_of(mail),
        recipients=[recipient for recipient in recipients if recipient],
        subject=header(mail, "Subject"),
        text=text.replace("\x00", ""),
        files=tuple(files[:MOST_FILES]),
        references=f"{header(mail, 'References')} {header(mail, 'In-Reply-To')}".split()[-50:],
        headers=mail,
    )


def message_id_of(mail: Message) -> str:
    """The Message-ID, or nothing when it has none worth the name."""
    value = "".join(header(mail, "Message-ID").split())
    return value if value.startswith("<") and value.endswith(">") and 5 < len(value) <= 300 else ""


def sender_of(mail: Message) -> str:
    """The one address it says it is from; nothing when it names none or several."""
    found = [address.lower() for _name, address in getaddresses(all_headers(mail, "From")[:5]) if "@" in address]
    return found[0][:254] if len(set(found)) == 1 else ""


def header(mail: Message, name: str) -> str:
    """The first header of that name, decoded, on one line."""
    values = all_headers(mail, name)
    return values[0] if values else ""


def all_headers(mail: Message, name: str) -> list[str]:
    """Every header of that name, decoded, each on one line and of a bearable length."""
    return [_readable(value) for value in (mail.get_all(name) or [])[:50]]


def _readable(value: Any) -> str:
    text = str(value)[:8000]
    try:
        text = str(make_header(decode_header(text)))
    except (LookupError, ValueError, UnicodeError):
        text = decoded(text.encode("ascii", "surrogateescape"), "utf-8")
    return " ".join(text.replace("\x00", "").encode("utf-8", "replace").decode().split())
