"""Blacking out: personal data in a text is covered, the rest stays as it was."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.translation import gettext_lazy

from community.policy.checks.personal_data import NAMES, found
from community.policy.findings import Finding

BLACK = "█"
NAMED = {
    "name": gettext_lazy("a name"),
    "address": gettext_lazy("a postal address"),
    "serial": gettext_lazy("a serial number"),
    "secret": gettext_lazy("a password or key"),
    "picture": gettext_lazy("a picture or file"),
    "other": gettext_lazy("private details"),
}
"""Classes that no check finds: somebody names the words."""
CUT_FROM = 4
"""So many letters of a covered word at the end of an excerpt are covered as well."""


def black_out(text: str, findings: Iterable[Finding] | None = None) -> str:
    """The text with each finding covered by blocks of its length; without findings, with all personal data covered."""
    spans = [(f.start, f.end) for f in findings] if findings is not None else [(a, b) for _, a, b in found(text)]
    for start, end in spans:
        text = text[:start] + BLACK * (end - start) + text[end:]
    return text


def name_of(kind: str) -> Any:
    """A class of private details in words: "a card number"."""
    return NAMES.get(kind) or NAMED.get(kind) or NAMED["other"]


def kinds_in(texts: Iterable[str]) -> list[str]:
    """The classes that the checks find in these texts, each once."""
    return list(dict.fromkeys(kind for text in texts for kind, _start, _end in found(text)))


@dataclass
class Blackout:
    """What is to be covered for good, wherever it stands: classes that the checks find, words that somebody named
    with the class they belong to, and files by their keys."""

    kinds: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    words_are: str = "other"
    files: frozenset[str] = frozenset()
    values: set[str] = field(default_factory=set)
    covered: dict[str, int] = field(default_factory=dict)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The places in a text, in order, none inside another."""
        return [(start, end) for _kind, start, end in self._found(text)]

    def learn(self, text: str) -> None:
        """Remember what is covered in this text, so that copies of it are recognised, and count it by its class."""
        for kind, start, end in self._found(text):
            self.values |= {text[start:end]} if kind != "picture" else set()
            self.covered[kind] = self.covered.get(kind, 0) + 1

    def cover(self, text: str) -> str:
        """The text with all of it covered."""
        for start, end in reversed(self.spans(text)):
            text = text[:start] + BLACK * min(end - start, 24) + text[end:]
        return text

    def stands_in(self, text: str) -> bool:
        """Whether what was learned stands in a copy."""
        return bool(self.values) and bool(self._copies().search(text))

    def cover_copy(self, text: str) -> str:
        """A text that was made from the learned ones (a mail, an excerpt) with the same words covered."""
        return self._copies().sub(lambda match: BLACK * min(len(match[0]), 24), text) if self.values else text

    def _found(self, text: str) -> list[tuple[str, int, int]]:
        rows = [(kind, start, end) for kind, start, end in found(text) if kind in self.kinds]
        rows += [(self.words_are, *match.span()) for word in self.words for match in loosely(word).finditer(text)]
        rows += [("picture", *match.span()) for key in self.files for match in shown(key).finditer(text)]
        apart: list[tuple[str, int, int]] = []
        for row in sorted(rows, key=lambda row: (row[1], -row[2])):
            if not apart or row[1] >= apart[-1][2]:
                apart.append(row)
        return apart

    def _copies(self) -> re.Pattern[str]:
        wanted = sorted(self.values, key=len, reverse=True)
        parts = [loosely(form).pattern for value in wanted for form in dict.fromkeys((value, escape(value)))]
        ends = [end for value in wanted for end in cut_ends(value)]
        return re.compile("|".join([*parts, *ends]), re.IGNORECASE)


def loosely(words: str) -> re.Pattern[str]:
    """These words, however wide the gaps between them are and however they are capitalised."""
    return re.compile(r"\s+".join(map(re.escape, words.split())) or r"(?!)", re.IGNORECASE)


def cut_ends(value: str) -> list[str]:
    """The beginning of a value at the very end of an excerpt, which is cut after a word."""
    parts = value.split()
    begun = [parts[:count] for count in range(len(parts) - 1, 0, -1)]
    return [rf"{loosely(' '.join(words)).pattern}(?=…)" for words in begun if len("".join(words)) >= CUT_FROM]


def shown(key: str) -> re.Pattern[str]:
    """A file as a text shows it or leads to it."""
    return re.compile(rf"!?\[[^\]\n]*\]\(\s*<?/files/{re.escape(key)}/[^)\n]*\)|/files/{re.escape(key)}/[\w./-]*")
