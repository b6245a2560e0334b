"""The search for programs: what the page finds, in the order of the page."""

from dataclasses import dataclass
from datetime import datetime

from community.addresses import absolute
from community.api.operations import ApiRequest, Query, operation, resource
from community.api.scopes import Area
from community.search.searching import PAGES
from community.search.searching import search as find
from community.search.spelling import corrected
from community.search.views import query_of


@dataclass
class Hit:
    """One thing that was found."""

    kind: str
    title: str
    excerpt: str
    url: str
    is_solved: bool
    at: datetime


@dataclass
class Hits:
    """A page of what was found. `meant` are the words that were looked for, mistakes of typing put right."""

    rows: list[Hit]
    meant: str
    total: int
    page: int
    is_more: bool
    kinds: dict[str, int]


ASKED = (
    Query("q", "words, phrases in quotes, and filters such as tag:bluetooth is:solved"),
    Query("page", f"up to {PAGES}", is_number=True),
    Query("exact", "1: no typing mistakes are put right", ("1",)),
)


@operation(Area.COMMUNITY, Hits, is_public=True, query=ASKED)
def search(request: ApiRequest) -> Hits:
    """Everything that answers the query and that you may read, the best first."""
    query = query_of(request)
    meant = query if "exact" in request.GET else query.with_words(corrected(query.words))
    if not query.text:
        return Hits([], "", 0, 1, False, {})
    found = find(meant, person=request.user, page=min(int(request.GET.get("page", 1)), PAGES))
    rows = [
        Hit(one.kind, in_one(one.title), in_one(one.excerpt.pieces), absolute(one.url), one.is_solved, one.created_at)
        for one in found.rows
    ]
    return Hits(rows, meant.text, found.total, found.page, found.is_more, found.kinds)


def in_one(pieces: object) -> str:
    """A text that the page shows with its marked pieces."""
    return "".join(str(getattr(piece, "text", piece)) for piece in pieces)  # type: ignore[attr-defined]


api_search = resource("api_search", get=search)
