"""The search page, and titles while somebody types."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from taggit.models import Tag

from community.catalogue.models import Product
from community.numbers import number_in
from community.people.models import Person
from community.refusals import Refusal
from community.search.asking import LONGEST, Query
from community.search.searching import PAGES, Results
from community.search.searching import search as find
from community.search.similar import similar
from community.search.spelling import corrected

NAMED = 3


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything that answers the query, the best first."""
    query = query_of(request)
    page = min(max(1, number_in(request.GET.get("page", "1")) or 1), PAGES)
    meant = query if "exact" in request.GET else query.with_words(corrected(query.words))
    results = find(meant, person=request.user, page=page) if query.text else None
    context = {
        "query": query,
        "meant": meant if meant != query else None,
        "results": results,
        "named": named(meant.plain) if page == 1 and not query.filters else {},
        "narrower": narrower(meant, results) if results else [],
        "page_urls": page_urls(query, results, page) if results else {},
    }
    return render(request, "community/search/page.html", context)


@require_safe
def search_titles(request: HttpRequest) -> HttpResponse:
    """A few titles while somebody types in the search box. A fragment."""
    query = query_of(request)
    found = similar(corrected(query.plain), limit=6, person=request.user) if len(query.plain) > 2 else []
    return render(request, "community/search/_titles.html", {"found": found, "query": query})


def query_of(request: HttpRequest) -> Query:
    """What the address asks for. Raises a Refusal (422) when it is longer than any question."""
    text = " ".join(request.GET.get("q", "").split())
    if len(text) > LONGEST:
        raise Refusal(_("Search with fewer words, please."), code="query_too_long", status=422)
    return Query.read(text)


def named(text: str) -> dict[str, list[Any]]:
    """Products, tags and people whose name is in the words, a few of each."""
    if len(text) < 2:
        return {}
    whole = text.casefold()
    products = [one for one in Product.objects.visible_to(None) if one.name.casefold() in whole or is_part(whole, one)]
    tags = Tag.objects.filter(Q(name__in=whole.split()) | Q(name__iexact=text)).distinct()
    people = Person.objects.active().called_like(text)
    return {"products": products[:NAMED], "tags": list(tags[:NAMED]), "people": list(people[:NAMED])}


def is_part(whole: str, product: Product) -> bool:
    return len(whole) > 2 and whole in product.name.casefold()


def narrower(query: Query, results: Results) -> list[dict[str, Any]]:
    """Ways to narrow what was found, and the filters that are on with the way to take each off."""
    links = [
        {"label": f"{name}: {value}", "url": query.url(**{name: ""}), "is_on": True}
        for name, value in query.filters.items()
    ]
    year = str(timezone.now().year)
    offers = [("is", "solved", _("Solved"), results.solved), ("is", "unanswered", _("Waiting for an answer"), None)]
    offers.append(("after", year, _("This year"), None))
    for product in Product.objects.visible_to(None).filter(pk__in=results.products):
        offers.append(("product", product.slug, product.name, results.products[product.pk]))
    for name, value, label, count in offers:
        if name not in query.filters and count != 0:
            links.append({"label": label, "url": query.url(**{name: value}), "count": count, "is_on": False})
    return links


def page_urls(query: Query, results: Results, page: int) -> dict[str, str]:
    here = query.url()
    newer = f"{here}&page={page - 1}" if page > 2 else here if page == 2 else ""
    return {"newer": newer, "older": f"{here}&page={page + 1}" if results.is_more else ""}
