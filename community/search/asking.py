"""What somebody asks the search for: words, phrases, and filters such as `tag:bluetooth is:solved after:2026`."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse

from community.search.words import is_telling, words

LONGEST, MOST_WORDS = 200, 24
FILTERS = ("type", "tag", "product", "is", "by", "after", "before")
PIECE = re.compile(rf'({"|".join(FILTERS)}):("[^"]*"|\S+)|"([^"]*)"|(\S+)', re.IGNORECASE)
STATES = {"solved": "solved:", "unsolved": "unsolved:", "open": "unsolved:", "unanswered": "unanswered:"}
DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@cache
def address() -> str:
    """Where the search is: a page of results has a dozen links to it."""
    return reverse("community:search")


@dataclass(frozen=True)
class Query:
    """A query taken apart. It can be put together again, with another filter or without one."""

    words: str = ""
    phrases: tuple[str, ...] = ()
    filters: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> "Query":
        """Anything somebody types is a query; what looks like a filter of ours and is none is a word."""
        loose, phrases, filters = [], [], {}
        for name, value, phrase, word in PIECE.findall(text.replace("\0", " ")):
            if name:
                filters[name.casefold()] = value.strip('"')
            elif phrase.strip():
                phrases.append(phrase.strip())
            elif word:
                loose.append(word)
        return cls(" ".join(loose), tuple(phrases), filters)

    @property
    def text(self) -> str:
        """The query as it would be typed."""
        pieces = [self.words, *(f'"{phrase}"' for phrase in self.phrases)]
        pieces += [f'{name}:"{value}"' if " " in value else f"{name}:{value}" for name, value in self.filters.items()]
        return " ".join(piece for piece in pieces if piece)

    @property
    def plain(self) -> str:
        """Its words without the filters: what a new question would be called."""
        return " ".join([self.words, *self.phrases]).strip()

    @property
    def wanted(self) -> list[str]:
        """The telling words, those of phrases too."""
        return [word for word in words(self.plain) if is_telling(word)][:MOST_WORDS]

    def with_words(self, text: str) -> "Query":
        return replace(self, words=text)

    def without(self, name: str) -> "Query":
        """The same without one of its filters."""
        return replace(self, filters={key: value for key, value in self.filters.items() if key != name})

    def url(self, **filters: str) -> str:
        """The address of this query with other filters; an empty one is taken off."""
        left = {name: value for name, value in {**self.filters, **filters}.items() if value}
        return f"{address()}?" + urlencode({"q": replace(self, filters=left).text})

    def moment(self, name: str) -> datetime | None:
        """The day that `after:` or `before:` names (2026, 2026-11 or 2026-11-24)."""
        if not (found := DATE.fullmatch(self.filters.get(name, ""))):
            return None
        try:
            return datetime(int(found[1]), int(found[2] or 1), int(found[3] or 1), tzinfo=UTC)
        except ValueError:
            return None
