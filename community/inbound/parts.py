"""The parts of a mail: the words to read, as plain text or HTML, and the files."""

import re
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message

MOST_FILES = 10
MOST_PARTS = 100
MOST_TEXT = 400_000
SOFT_BREAK = re.compile(r"^(?!>)(.*\S) \r?\n(?!>|-- ?\r?$|\s*$)", re.MULTILINE)


@dataclass(frozen=True)
class Upload:
    """A file as it came in."""

    name: str
    data: bytes


def body_parts(mail: Message) -> tuple[str, str, list[Upload]]:
    """Plain text, HTML and files of a mail, in the order in which they stand."""
    plain: list[str] = []
    html: list[str] = []
    files: list[Upload] = []
    for count, part in enumerate(mail.walk()):
        if count >= MOST_PARTS:
            break
        if part.is_multipart():
            continue
        name, kind = _name(part), part.get_content_type()
        if kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            (plain if kind == "text/plain" else html).append(_text(part))
        elif name or part.get_content_maintype() in ("image", "audio", "video", "application"):
            files.append(Upload(name or f"file-{count}", _bytes(part)))
    return "\n".join(plain)[:MOST_TEXT], "\n".join(html)[:MOST_TEXT], files


def decoded(data: bytes, charset: str) -> str:
    """Bytes as text, whatever they claim to be."""
    for name in (charset, "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def _text(part: Message) -> str:
    text = decoded(_bytes(part), str(part.get_content_charset() or "utf-8"))
    if str(part.get_param("format") or "").lower() == "flowed":
        text = SOFT_BREAK.sub(r"\1 ", text)
    return text.encode("utf-8", "replace").decode()


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _name(part: Message) -> str:
    try:
        return str(make_header(decode_header(str(part.get_filename() or ""))))[:300]
    except (LookupError, ValueError, UnicodeError):
        return "file"
