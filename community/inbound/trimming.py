"""Telling new words from old ones in a reply. The rule above all: never lose what the author wrote.

Where it is not certain that everything below a cut is old, nothing is cut. What is cut off is kept as `rest`.
"""

import re
from functools import cache

from mailparser_reply.constants import MAIL_LANGUAGES
from mailparser_reply.parser import EmailMessage

from community.notifications.addresses import MARKER

MOST = 60_000
QUOTED = re.compile(r"^\s*>")
MARKED = re.compile(
    r"^[>\s|*_-]*" + re.escape(MARKER.strip("- ").split(" / ", maxsplit=1)[0]), re.MULTILINE | re.IGNORECASE
)
MARK_LINE = re.compile(
    r"^[>\s|*_]*-{2,3}\s*" + re.escape(MARKER.strip("- ").split(" / ", maxsplit=1)[0]), re.IGNORECASE
)
WROTE = re.compile(
    r"^(?=.{10,400}$)[ \t]*(On|Am|Le|El|Il|Op|Em|Den|Dne|W dniu|Dnia|På)\b.*"
    r"(wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napsal|napisał|pisze)\b.*:[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
DIVIDER = re.compile(
    r"^[ \t]*(-{2,} ?(Original Message|Ursprüngliche Nachricht|Original-Nachricht|Message d'origine|Mensaje original"
    r"|Messaggio originale|Oorspronkelijk bericht) ?-{2,}|_{20,})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
FROM_BLOCK = re.compile(
    r"^[ \t*]*(From|Von|De|Da|Van|Från|Od)\s?:[^\n]+\n(?:[^\n]*\n){0,2}?[ \t*]*"
    r"(Sent|Date|Gesendet|Datum|Envoyé|Enviado|Fecha|Inviato|Data|Verzonden|Skickat|Wysłano)( el| le)?\s?:",
    re.IGNORECASE | re.MULTILINE,
)
FIELD = r"^[ \t*]*[^\W\d_][^:：\n]{0,24}[:：]"
ANY_BLOCK = re.compile(
    rf"{FIELD}[^\n]*<\s*[^\s<>]+@[^\s<>]+>[^\n]*\n{FIELD}[^\n]*\d{{1,2}}[:.]\d{{2}}[^\n]*\n{FIELD}", re.MULTILINE
)
"""From, sent, to: three fields in any language, the first with an address in brackets, the second with a time."""
ADDRESSED = re.compile(r"<\s*[^\s<>]+@[^\s<>]+>")
TIME = re.compile(r"\d{1,2}[:.]\d{2}")
SAID = re.compile(
    r"\b(пишет|пише|написал|kirjoitti|írta|yazdı|έγραψε|a scris|napísal)\b[^\n]{0,60}:\s*$", re.IGNORECASE
)
SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
REPLY_HEAD = re.compile(r"(@|<|\d{1,2}[:.]\d{2}|\d{4})")


def trim(text: str) -> tuple[str, str]:
    """New words and the rest. The new words are never empty when there was something to read."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")[:400_000]
    cut = first_cut(text[:MOST])
    words, rest = text[:cut].strip(), text[cut:].strip()
    if not words or speaks_below(rest):
        words, rest = text.strip(), ""
    return split_signature(words, rest)


def first_cut(text: str) -> int:
    """Where old words may begin: at our own marker, a "wrote" line, a divider, or the last quoted block."""
    marks = [match.start() for pattern in (MARKED, DIVIDER, FROM_BLOCK, ANY_BLOCK) if (match := pattern.search(text))]
    joined = joined_heads(text)
    marks += [match.start() for match in WROTE.finditer(joined)]
    marks += library_cuts(text)
    if not marks:
        return trailing_quote(text)
    cut = back_over_head(text, min(marks))
    return trailing_quote(text[:cut])


def joined_heads(text: str) -> str:
    """A "wrote" line that the mail program broke in two or three, as one line of the same length."""
    pattern = re.compile(
        r"^([ \t]*(?:On|Am|Le|El|Il|Op|Em)\b[^\n]{5,200})\n([^\n]{0,200}\n)?([^\n]{0,200}:[ \t]*)$", re.MULTILINE
    )
    return pattern.sub(lambda match: match[0].replace("\n", " "), text)


@cache
def library_pattern() -> re.Pattern[str]:
    """The reply heads that mail-parser-reply knows, in all its languages."""
    pattern: re.Pattern[str] = EmailMessage(text="", languages=list(MAIL_LANGUAGES)).HEADER_REGEX
    return pattern


def library_cuts(text: str) -> list[int]:
    """Where the library sees a reply head. Only one that names an address or a time counts: its words are common."""
    match = library_pattern().search(text[:20_000])
    return [match.start()] if match and REPLY_HEAD.search(match[0]) else []


def back_over_head(text: str, cut: int) -> int:
    """Move a cut at our marker up over the lines that introduce the quote ("On … wrote:", "Von: …")."""
    lines = text[:cut].rstrip().split("\n")
    head = "\n".join(lines[-3:])
    match = WROTE.search(joined_heads(head))
    return len("\n".join(lines)) - len(head) + match.start() if match else cut


def trailing_quote(text: str) -> int:
    """Where the quoted lines begin that end a text; its end when it does not end in any."""
    lines = text.rstrip().split("\n")
    first = len(lines)
    while first and (QUOTED.match(lines[first - 1]) or not lines[first - 1].strip()):
        first -= 1
    has_quote = any(QUOTED.match(line) for line in lines[first:])
    return len("\n".join(lines[: above_head(lines, first)])) if has_quote else len(text)


def above_head(lines: list[str], first: int) -> int:
    """Where a quote begins that a head stands above, in any language: an address in brackets or a verb, and a time."""
    end = first
    while end and not lines[end - 1].strip():
        end -= 1
    for start in (end - 1, end - 2):
        head = " ".join(lines[max(start, 0) : end])
        is_head = ADDRESSED.search(head) or SAID.search(head)
        if 0 <= start < end and len(head) < 300 and is_head and TIME.search(head):
            return start
    return first


def speaks_below(rest: str) -> bool:
    """Whether somebody wrote between or below the quoted lines: then nothing may be cut off."""
    lines = rest.split("\n")
    quoted = [number for number, line in enumerate(lines) if QUOTED.match(line)]
    if not quoted:
        return False
    below = lines[quoted[0] :]
    signature = next((n for n, line in enumerate(below) if re.match(r"^-- ?$", line)), len(below))
    return any(line.strip() and not QUOTED.match(line) and not MARK_LINE.match(line) for line in below[:signature])


def split_signature(words: str, rest: str) -> tuple[str, str]:
    """A signature behind the usual `-- ` goes to the rest, unless it is all there is."""
    match = SIGNATURE.search(words)
    if not match or not words[: match.start()].strip():
        return words, rest
    return words[: match.start()].rstrip(), f"{words[match.start() :]}\n\n{rest}".strip()
