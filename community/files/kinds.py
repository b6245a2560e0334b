"""What a file is, told from its bytes. Its name and the type that a browser claims say nothing."""

import re
from dataclasses import dataclass

NEUTRAL = "application/octet-stream"
"""The type of what is for downloading only, whatever it may be."""
MARKUP = re.compile(
    rb"<\s*(!doctype|\?xml|html|head|body|svg|script|iframe|frame|object|embed|style|link|meta|base|form|math|img|a\s)",
    re.IGNORECASE,
)
"""The beginning of what a browser could take for a page."""
BEGINNING = 4096
ODD = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\x08")) + b"\x7f"
"""Bytes that no text has."""


@dataclass(frozen=True)
class Kind:
    """A kind of file that people may share."""

    content_type: str
    endings: tuple[str, ...]
    is_picture: bool = False


PICTURE = Kind("image/webp", (".webp",), is_picture=True)
TEXT = Kind("text/plain", (".txt", ".log", ".csv", ".tsv", ".md", ".json", ".ini", ".conf", ".yaml", ".yml", ".toml"))
MARKED_UP = Kind(NEUTRAL, (".txt", ".xml"))
HEIC = Kind(NEUTRAL, (".heic", ".heif", ".avif"))
VIDEO = Kind("video/mp4", (".mp4", ".m4v", ".mov", ".m4a", ".3gp"))
ZIP = Kind(
    "application/zip", (".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".logarchive", ".epub", ".kmz")
)
BEGINS_WITH = [
    (b"\xff\xd8\xff", PICTURE),
    (b"\x89PNG\r\n\x1a\n", PICTURE),
    (b"GIF87a", PICTURE),
    (b"GIF89a", PICTURE),
    (b"%PDF-", Kind("application/pdf", (".pdf",))),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\x1f\x8b", Kind("application/gzip", (".gz", ".tgz"))),
    (b"7z\xbc\xaf\x27\x1c", Kind(NEUTRAL, (".7z",))),
    (b"\x1aE\xdf\xa3", Kind("video/webm", (".webm", ".mkv"))),
    (b"ID3", Kind("audio/mpeg", (".mp3",))),
    (b"\xff\xfb", Kind("audio/mpeg", (".mp3",))),
    (b"OggS", Kind("audio/ogg", (".ogg", ".oga", ".opus"))),
]


def kind_of(data: bytes) -> Kind | None:
    """The kind of these bytes; None when it is none that people may share."""
    for beginning, kind in BEGINS_WITH:
        if data.startswith(beginning):
            return kind
    if data.startswith(b"RIFF"):
        return {b"WEBP": PICTURE, b"WAVE": Kind("audio/wav", (".wav",))}.get(data[8:12])
    if data[4:8] == b"ftyp":
        return HEIC if data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis") else VIDEO
    return kind_of_text(data)


def kind_of_text(data: bytes) -> Kind | None:
    """Text of any kind. What a browser could take for a page keeps a neutral type; so does what is not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and len(data) % 2 == 0:
        return MARKED_UP
    if len(data) != len(data.translate(None, ODD)):
        return None
    if MARKUP.search(data[:BEGINNING]):
        return MARKED_UP
    try:
        data.decode()
    except UnicodeDecodeError:
        return Kind(NEUTRAL, TEXT.endings)
    return TEXT
