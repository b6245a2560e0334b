"""Pages where customers arrive: home, products."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.catalogue.models import Product
from community.live.facts import facts
from community.live.pages import kept_page, shows
from community.member_pages import member_page
from community.notifications.watched import control
from community.people.demo import is_demo_on
from forums.articles.listing import with_most_useful
from forums.hubs import front
from forums.hubs.helping import helping_most, team_answering
from forums.hubs.pages import hub_page
from forums.hubs.rating import LATEST, SIDE_BY_SIDE, aspects_of, compared, rated, with_recent
from forums.hubs.rows import public_questions, rows_for
from forums.hubs.standing import known_problems, top_answers
from forums.hubs.structured import product_page
from forums.threads.relatives import with_relatives

QUESTIONS = 8
"""Rows on the page of a product, where reviews and problems come first."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door: ask, find a product, see what is going on."""
    facts = front.state() if not request.GET else [front.state(), rows_for(request, public_questions()).shown]

    def context() -> dict[str, Any]:
        return front.shown(request)

    if request.user.is_authenticated:
        return member_page(request, "forums/hubs/home.html", context, *facts)
    page = kept_page(request, "forums/hubs/home.html", context, is_demo_on(), *facts)
    return shows(page, "questions", "products", "people", "articles")


@require_safe
def product_list(request: HttpRequest) -> HttpResponse:
    """Everything the company makes, by brand; or what is of one brand, one line, or both."""
    found = Product.objects.visible_to(None).select_related("brand", "line", "score")
    every = list(found.order_by("brand__name", "position", "name"))
    asked = {name: request.GET.get(name, "") for name in ("brand", "line")}
    wanted = [
        product
        for product in every
        if asked["brand"] in ("", product.brand.slug) and asked["line"] in ("", product.line and product.line.slug)
    ]
    context = {
        "products": wanted,
        "brands": list(dict.fromkeys(product.brand for product in every)),
        "lines": sorted({product.line for product in every if product.line}, key=lambda line: line.position),
        "asked": asked,
        "most": SIDE_BY_SIDE,
        "chosen": request.GET.getlist("p"),
    }
    return shows(render(request, "forums/hubs/product_list.html", context), "products", "questions")


@require_safe
def product_compare(request: HttpRequest) -> HttpResponse:
    """Up to four products side by side."""
    slugs = [slug.replace("\0", "") for slug in dict.fromkeys(request.GET.getlist("p"))]
    found = Product.objects.visible_to(None).select_related("brand", "line", "score").prefetch_related("versions")
    by_slug = {product.slug: product for product in found.filter(slug__in=slugs)}
    products = [by_slug[slug] for slug in slugs if slug in by_slug]
    rows = compared(products[:SIDE_BY_SIDE])
    context = {"rows": rows, "aspects": aspects_of(rows), "has_more": len(products) > SIDE_BY_SIDE, "latest": LATEST}
    response = render(request, "forums/hubs/product_compare.html", context)
    return shows(response, "products", "questions", *[f"product-{row.product.pk}" for row in rows])


@require_safe
def product_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A product's own page: how it stands, its questions and best answers, its versions, and who answers here."""
    found = with_recent(Product.objects.visible_to(None).select_related("brand", "line", "score"))
    product = get_object_or_404(found.annotate(beside=with_relatives("product"), pages=with_most_useful()), slug=slug)
    reviews = rated(product)
    read = {
        "reviews": reviews,
        "product": product,
        "versions": list(product.versions.all()[:6]),
        "rows": rows_for(request, public_questions().about(product), QUESTIONS),  # type: ignore[attr-defined]
        "helping": helping_most(product, days=90, limit=5),
        "team": team_answering(product, days=90, limit=3),
        "problems": known_problems(product),
        "answers": top_answers(product),
        "pages": product.pages,
        "relatives": product.beside,
        "is_noindex": bool(request.GET.get("after")),
        **control(request.user, f"product:{product.pk}"),
    }
    others = [f"thread-{other['pk']}" for other in product.beside]
    keys = (f"product-{product.pk}", "products", "people", *others)

    def context() -> dict[str, Any]:
        return read | {"told": product_page(product, reviews.score)}

    return hub_page(request, "forums/hubs/product_detail.html", context, facts(read), *keys)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How this site is meant to be used by everybody, and where to get help with it."""
    return shows(render(request, "forums/hubs/accessibility.html"), "site")
