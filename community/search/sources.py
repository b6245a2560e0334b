"""What may be found. Each kind of thing is registered by the app that owns it, so that the index knows none of them.

A new kind (reviews, ideas, news, help articles) needs one file, `finding.py` in its app, which is read at start:

    register(Source(kind="review", label=_("Reviews"), entries=…, ids=…, readable=…, changed_since=…))

From then on it has its rows, its tab with a number and its filter (`type:review`) on the search page, and `reindex`
takes in what is there already. Call `community.search.indexing.index("review", ids)` in the verbs that hide or reword
one, and in a subscriber for what only changes its worth. `forums/questions/finding.py` is the example. Things that are
only called by a name (a tag, a person) are registered in `community/search/names.py` instead.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Passage:
    """One text of a thing: the opening (no name), or what somebody wrote below it."""

    pk: int
    by: str
    text: str


@dataclass(frozen=True)
class Entry:
    """A thing as the index takes it in. Only what everybody may read goes in here."""

    object_id: int
    title: str
    url: str
    created_at: datetime
    active_at: datetime
    opening: str = ""
    passages: tuple[Passage, ...] = ()
    about: str = ""
    """Product and brand, which it need not name itself: they find it, and do not make it like another one."""
    product_id: int | None = None
    author_id: int | None = None
    writers: frozenset[int] = frozenset()
    tags: tuple[str, ...] = ()
    is_solved: bool = False
    is_answered: bool = False
    weight: float = 1.0
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A kind of thing that may be found."""

    kind: str
    label: Any
    """What a page calls several of them."""
    entries: Callable[[list[int]], Iterable[Entry]]
    """The things with these ids as they are now. What nobody may read is left out."""
    ids: Callable[[int, int], list[int]]
    """The next ids after this one, at most so many: everything there is, in the order of ids."""
    readable: Callable[[Any, list[int]], set[int]]
    """Which of these the person may read now (None: a visitor)."""
    changed_since: Callable[[datetime], dict[int, datetime]] | None = None
    """What changed since then and when, for the sweep that finds what no event told of."""
    is_suggested: bool = False
    """Whether it answers questions, and is shown to those who are about to ask."""
    is_typed: bool = True
    """Whether its titles are completed while somebody types."""
    one: Any = ""
    """What a row calls one of them; without it, what the page calls several."""
    page: str = "thread"
    """What its page is called among the surrogate keys, before the id: it is made anew when its relatives change."""


sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let things of this kind be found."""
    sources[source.kind] = source


def suggested_kinds() -> list[str]:
    """Kinds that are shown to those who are about to ask."""
    return [source.kind for source in sources.values() if source.is_suggested]
