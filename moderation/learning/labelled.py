"""Labelled files for measuring: CSV, TSV or JSON lines, packed or not, with a text and whether it is so."""

import csv
import gzip
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moderation.learning.classifier import Example

TEXTS = ("text", "tweet", "comment_text", "comment", "content", "message", "body", "question", "sentence")
LABELS = ("label", "class", "is_spam", "spam", "toxic", "is_toxic", "toxicity", "target", "y")
POSITIVE = frozenset({"1", "1.0", "true", "yes", "spam", "toxic", "offensive", "hate", "insult", "abusive", "positive"})
HATE_OR_OFFENSIVE = frozenset({"0", "1"})
"""Of the set of tweets whose columns count the votes for hate, offence and neither, the third class is neither."""


class Unreadable(ValueError):
    """A file in which no text or no label can be found."""


@dataclass(frozen=True)
class Columns:
    """Which columns hold the text and the label, and which labels mean yes; empty: found by their usual names."""

    text: str = ""
    label: str = ""
    positive: frozenset[str] = frozenset()


def read(paths: Iterable[Path], columns: Columns) -> list[Example]:
    """All examples of all files, in their order."""
    return [example for path in paths for example in examples_in(path, columns)]


def examples_in(path: Path, columns: Columns) -> Iterator[Example]:
    """The examples of one file."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = list(rows_of(raw.decode("utf-8-sig", errors="replace")))
    if not rows:
        raise Unreadable(f"{path} is empty.")
    names = {name.lower(): name for name in rows[0]}
    label = column(columns.label, LABELS, names, path)
    title = names.get("title", "")
    text = column(columns.text, TEXTS, names, path)
    yes = columns.positive or (HATE_OR_OFFENSIVE if "hate_speech" in names else POSITIVE)
    for row in rows:
        whole = "\n".join(str(row.get(name) or "") for name in (title, text) if name and name in row)
        if whole.strip():
            yield whole, str(row.get(label)).strip().lower() in yes


def column(asked: str, usual: tuple[str, ...], names: dict[str, str], path: Path) -> str:
    """The name of a column as the file has it."""
    found = next((names[name] for name in ((asked.lower(),) if asked else usual) if name in names), None)
    if found is None:
        raise Unreadable(f"{path}: which column is it? There are {', '.join(names.values())}.")
    return found


def rows_of(text: str) -> Iterator[dict[str, Any]]:
    """Rows by the look of the first line: JSON, a label and a tab, or a heading."""
    first = text.lstrip().split("\n", 1)[0]
    if first.startswith("{"):
        yield from (json.loads(line) for line in text.splitlines() if line.strip())
    elif first.lower().startswith(("ham\t", "spam\t")):
        parts = (line.split("\t", 1) for line in text.splitlines() if "\t" in line)
        yield from ({"label": label, "text": words} for label, words in parts)
    else:
        csv.field_size_limit(10_000_000)
        yield from csv.DictReader(io.StringIO(text), delimiter="\t" if "\t" in first else ",")
