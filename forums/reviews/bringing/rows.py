"""Rows of reviews as other places write them: which field means what, and what is wrong with a row."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dateutil.parser import parse as parse_time
from django.utils import timezone
from django.utils.translation import gettext as _

from community.spreadsheets import harmless

LONGEST, LONGEST_FILE = 32_000, 64 * 1024 * 1024
GUESSES: dict[str, tuple[str, ...]] = {
    "id": ("id", "reviewid", "reviewuuid", "nativeid", ""),
    "product": ("product", "productid", "sku", "asin", "clothingid", "item"),
    "stars": ("stars", "rating", "overall", "score"),
    "title": ("title", "summary", "headline", "heading"),
    "text": ("text", "reviewtext", "review", "body", "reviewbody", "content"),
    "pros": ("pros", "positive", "advantages"),
    "cons": ("cons", "negative", "disadvantages"),
    "author": ("author", "name", "reviewername", "reviewer", "nickname"),
    "author_id": ("authorid", "reviewerid", "userid", "customerid"),
    "written_at": ("writtenat", "date", "created", "createdat", "unixreviewtime", "reviewtime", "datepublished"),
    "locale": ("locale", "language", "lang"),
    "incentive": ("incentive", "incentivized", "incentivised"),
    "verified": ("verified", "verifiedpurchase", "isverified"),
    "helpful": ("helpful", "helpfulvotes", "positivefeedbackcount", "upvotes"),
    "unhelpful": ("unhelpful", "nothelpful", "downvotes"),
    "use_case": ("usecase", "usedfor"),
    "url": ("url", "link", "permalink"),
}
"""Our fields, and what other places are known to call them, without blanks and signs."""
FIELDS = tuple(GUESSES)
PAIR = re.compile(r"\[\s*(\d+)\s*,\s*(\d+)\s*\]")
YES = {"1", "true", "yes", "y", "t"}
Rows = list[tuple[int, Any]]


class Odd(ValueError):
    """What is wrong with a file or a row, as a sentence."""


@dataclass(frozen=True)
class Told:
    """One review as its source tells it."""

    line: int
    native_id: str
    product: str
    stars: int
    title: str = ""
    text: str = ""
    pros: str = ""
    cons: str = ""
    use_case: str = ""
    author: str = ""
    author_id: str = ""
    written_at: datetime | None = None
    locale: str = ""
    incentive: str = ""
    was_verified: bool = False
    yes: int = 0
    no: int = 0
    url: str = ""

    @property
    def whole(self) -> str:
        """All its words, as the gate reads them."""
        return "\n\n".join(filter(None, [self.title, self.text, self.pros, self.cons, self.use_case]))


@dataclass(frozen=True)
class Fault:
    """A row that cannot be taken, and why."""

    line: int
    reason: str


def rows_of(data: bytes) -> Rows:
    """The rows of a file with the line each begins at: CSV with any separator, a JSON list, or JSON lines."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Odd(_("This is no text in UTF-8.")) from None
    start = text.lstrip()[:1]
    if start == "[" or (start == "{" and not is_lines(text)):
        return json_rows(text)
    return json_lines(text) if start == "{" else csv_rows(text)


def is_lines(text: str) -> bool:
    """Whether the first line is a whole JSON object by itself."""
    first = text.lstrip().partition("\n")[0]
    try:
        return isinstance(json.loads(first), dict) and "reviews" not in json.loads(first)
    except ValueError:
        return False


def json_rows(text: str) -> Rows:
    """A JSON list, or an object whose `reviews` is one. A row's number is its place."""
    try:
        told = json.loads(text, object_pairs_hook=kept)
    except (ValueError, RecursionError) as error:
        raise Odd(_("This is no JSON: %(error)s") % {"error": str(error)[:100]}) from None
    told = told.get("reviews") if isinstance(told, dict) else told
    if not isinstance(told, list):
        raise Odd(_("This is no list of reviews."))
    return list(enumerate(told, 1))


def json_lines(text: str) -> Rows:
    """A JSON object on each line; what is none is None."""
    rows: Rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                rows.append((number, json.loads(line, object_pairs_hook=kept)))
            except (ValueError, RecursionError):
                rows.append((number, None))
    return rows


def csv_rows(text: str) -> Rows:
    """The rows of a CSV file by the names in its head; the separator is found out."""
    head = text.splitlines()[:1]
    separator = max(",;\t", key=head[0].count) if head else ","
    reader, rows, line = csv.DictReader(io.StringIO(text), delimiter=separator), [], 2
    try:
        for row in reader:
            rows.append((line, {keepable(str(name or "")): plain(value) for name, value in row.items()}))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Odd(_("Line %(n)s: %(error)s") % {"n": line, "error": error}) from None
    return rows


def keepable(text: str) -> str:
    """Without what no database keeps as text: a NUL, half of a pair of UTF-16."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def kept(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, whose names may be anything."""
    return {keepable(name): value for name, value in pairs}


def plain(value: Any) -> str:
    """A cell without the sign that keeps spreadsheets from reading it as a formula."""
    text = str(value or "")
    return text[1:] if text[:1] == "'" and harmless(text[1:]) == text else text


def names_in(rows: Rows) -> list[str]:
    """What the columns are called."""
    return list(dict.fromkeys(str(name) for _line, row in rows[:50] if isinstance(row, Mapping) for name in row))


def guessed(names: Sequence[str]) -> dict[str, str]:
    """Which column most likely holds which of our fields."""
    known = {re.sub(r"[^a-z0-9]", "", name.lower()): name for name in reversed(names)}
    found = {field: next((known[guess] for guess in GUESSES[field] if guess in known), None) for field in FIELDS}
    return {field: name for field, name in found.items() if name is not None}


def read(rows: Rows, columns: Mapping[str, str]) -> Iterator[Told | Fault]:
    """Each row as a review, or what is wrong with it."""
    for line, row in rows:
        try:
            yield told_of(line, row, columns)
        except Odd as odd:
            yield Fault(line, str(odd))


def told_of(line: int, row: Any, columns: Mapping[str, str]) -> Told:
    """Raises Odd with a sentence."""
    if not isinstance(row, Mapping):
        raise Odd(_("This is no review."))
    told = {field: text_of(row.get(columns[field])) if field in columns else "" for field in FIELDS}
    yes, no = votes_of(told["helpful"], told["unhelpful"])
    if sum(len(told[name]) for name in ("text", "pros", "cons")) > LONGEST:
        raise Odd(_("Its text is too long."))
    return Told(
        line=line,
        native_id=told["id"][:80] or fingerprint(told),
        product=told["product"],
        stars=stars_of(told["stars"]),
        title=told["title"][:200],
        text=told["text"],
        pros=told["pros"][:1000],
        cons=told["cons"][:1000],
        use_case=told["use_case"][:120],
        author=told["author"],
        author_id=told["author_id"][:80],
        written_at=moment(told["written_at"]),
        locale=told["locale"][:12],
        incentive="" if told["incentive"].lower() in {"0", "no", "false", "none"} else told["incentive"][:60],
        was_verified=told["verified"].lower() in YES,
        yes=yes,
        no=no,
        url=told["url"][:300] if told["url"].startswith(("https://", "http://")) else "",
    )


def text_of(value: Any) -> str:
    """A cell as text; JSON's own lists and numbers as they are written."""
    if value is None:
        return ""
    return keepable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).strip()


def stars_of(text: str) -> int:
    """One to five, also as 4.0 or 4/5."""
    try:
        number = float(text.partition("/")[0].replace(",", "."))
    except ValueError:
        raise Odd(_("“%(text)s” is no number of stars.") % {"text": text[:40]}) from None
    if number not in (1, 2, 3, 4, 5):
        raise Odd(_("%(number)s is not one to five stars.") % {"number": text[:40]})
    return int(number)


def votes_of(helpful: str, unhelpful: str) -> tuple[int, int]:
    """How many readers it helped and did not help; "[3, 5]" is three of five."""
    if pair := PAIR.fullmatch(helpful):
        yes, all_votes = min(int(pair[1]), 10**6), min(int(pair[2]), 10**6)
        return yes, max(0, all_votes - yes)
    return number_of(helpful), number_of(unhelpful)


def number_of(text: str) -> int:
    """A whole number that is not negative; 0 for anything else."""
    return min(int(text), 10**6) if text.isascii() and text.isdigit() else 0


def moment(text: str) -> datetime | None:
    """A day or a moment, also in seconds since 1970; it has been already."""
    if not text:
        return None
    try:
        seconds = text.isdigit() and len(text) >= 9
        found = datetime.fromtimestamp(int(text), UTC) if seconds else parse_time(text)
        found = found if found.tzinfo else timezone.make_aware(found)
        is_to_come, is_odd = found > timezone.now(), found.year < 1990
    except (ValueError, OverflowError, OSError):
        raise Odd(_("“%(text)s” is no day.") % {"text": text[:40]}) from None
    if is_to_come or is_odd:
        raise Odd(_("%(text)s is not yet, or too long ago.") % {"text": text[:40]})
    return found


def fingerprint(told: Mapping[str, str]) -> str:
    """A name for a review whose source gives none: the same review has the same one."""
    words = "\x1f".join(
        told[name] for name in ("product", "author", "author_id", "written_at", "title", "text", "stars")
    )
    return hashlib.sha256(words.encode()).hexdigest()[:40]
