"""The search page, and titles while somebody types."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from community.numbers import number_in
from community.people.networks import network_of
from community.refusals import Refusal
from community.search.answering import chosen_for
from community.search.asking import LONGEST, Query
from community.search.completing import titles
from community.search.names import Named, first_few, named, products_among, registers
from community.search.noting import note_opened, note_search
from community.search.searching import PAGES, SHOWN, Results
from community.search.searching import search as find
from community.search.sources import sources
from community.search.spelling import corrected


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything that answers the query, the best first."""
    query = query_of(request)
    page = min(max(1, number_in(request.GET.get("page", "1")) or 1), PAGES)
    meant = query if "exact" in request.GET else query.with_words(corrected(query.words))
    results = find(meant, person=request.user, page=page) if query.text else None
    is_first, is_wide = page == 1, not query.filters
    chosen = chosen_for(meant.plain, request.user) if is_first and is_wide else None
    called = {} if query.without("type").filters else named(meant.plain)
    if results and is_first and is_wide and is_a_customers(request):
        note_search(meant.plain, network_of(request), found=results.total + bool(chosen) + len(called))
    context = {
        "query": query,
        "meant": meant if meant != query else None,
        "results": results,
        "chosen": chosen,
        "named": first_few(called) if is_first and is_wide else [],
        "called": called.get(query.filters.get("type", "").casefold(), []),
        "kinds": kinds(query, results, called) if results else [],
        "found": found_in_all(query, results, called) if results else 0,
        "shown": SHOWN,
        "narrowed": narrowed(query),
        "narrower": narrower(query, results) if results else [],
        "page_urls": page_urls(query, results) if results else {},
    }
    return render(request, "community/search/page.html", context)


@require_safe
def search_titles(request: HttpRequest) -> HttpResponse:
    """A few titles while somebody types in the search box. A fragment."""
    query = query_of(request)
    found = titles(query.plain, limit=6, person=request.user) if len(query.plain) > 2 else []
    return render(request, "community/search/_titles.html", {"found": found, "query": query})


@csrf_exempt  # the page of visitors carries no token; it counts, for nobody in particular
@require_POST
def search_opened(request: HttpRequest) -> HttpResponse:
    """Something that a search had found was opened. Browsers say so by themselves."""
    text = request.POST.get("q", "")
    if len(text) <= LONGEST and is_a_customers(request) and is_believable(request):
        note_opened(Query.read(text).plain, network_of(request))
    return HttpResponse(status=204)


def is_a_customers(request: HttpRequest) -> bool:
    """The team's own searches say nothing about what customers miss. A look by HEAD is nobody's."""
    return request.method != "HEAD" and not (request.user.is_authenticated and request.user.is_team)


def is_believable(request: HttpRequest) -> bool:
    """So many an hour from one network; more are a program's."""
    key = f"search-opened:{network_of(request)}"
    cache.add(key, 0, 3600)
    try:
        return cache.incr(key) <= 300
    except ValueError:  # it ran out in this moment
        return True


def query_of(request: HttpRequest) -> Query:
    """What the address asks for. Raises a Refusal (422) when it is longer than any question."""
    text = " ".join(request.GET.get("q", "").split())
    if len(text) > LONGEST:
        raise Refusal(_("Search with fewer words, please."), code="query_too_long", status=422)
    return Query.read(text)


def kinds(query: Query, results: Results, called: dict[str, list[Named]]) -> list[dict[str, Any]]:
    """How the results spread over kinds, each a tab; none when they are all of one kind."""
    chosen = query.filters.get("type", "").casefold()
    counts = [(kind, sources[kind].label, count) for kind, count in results.kinds.items()]
    counts += [(kind, registers[kind].several, len(rows)) for kind, rows in called.items()]
    if len(counts) < 2 and not chosen:
        return []
    every = sum(count for _kind, _label, count in counts)
    tabs = [{"label": _("Everything"), "url": query.url(type=""), "count": every, "is_on": not chosen}]
    for kind, label, count in counts:
        tabs.append({"label": label, "url": query.url(type=kind), "count": count, "is_on": kind == chosen})
    return tabs


def found_in_all(query: Query, results: Results, called: dict[str, list[Named]]) -> int:
    """How many the open tab has: of everything, what is called so counts too, as it does on the tab."""
    others = 0 if query.filters.get("type") else sum(len(rows) for rows in called.values())
    return results.total + others


def narrowed(query: Query) -> list[tuple[str, str]]:
    """The filters that are on: the address without each, and its words."""
    on = ((name, value) for name, value in query.filters.items() if name != "type")
    return [(query.url(**{name: ""}), f"{name}: {value}") for name, value in on]


def narrower(query: Query, results: Results) -> list[tuple[str, str]]:
    """Ways to narrow what was found: the address of each, and its words, with how many it leaves if that is known."""
    year = str(timezone.now().year)
    offers = [("is", "solved", _("Solved"), results.solved), ("is", "unanswered", _("Waiting for an answer"), None)]
    offers.append(("after", year, _("This year"), None))
    for pk, product in products_among(results.products).items():
        offers.append(("product", product.slug, product.named.name, results.products[pk]))
    offers = [offer for offer in offers if offer[0] not in query.filters and offer[3] != 0] if results.total else []
    return [
        (query.url(**{name: value}), label if count is None else f"{label} · {count}")
        for name, value, label, count in offers
    ]


def page_urls(query: Query, results: Results) -> dict[str, str]:
    here, page = query.url(), results.page
    newer = f"{here}&page={page - 1}" if page > 2 else here if page == 2 else ""
    return {"newer": newer, "older": f"{here}&page={page + 1}" if results.is_more else ""}
