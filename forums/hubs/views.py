"""Pages where customers arrive: home, products."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.catalogue.models import Product
from community.live.pages import kept_page, shows
from community.member_pages import member_page
from community.people.demo import is_demo_on
from forums.hubs import front
from forums.hubs.helping import helping_most, team_answering
from forums.hubs.rows import public_questions, rows_for
from forums.hubs.standing import known_problems, top_answers
from forums.hubs.structured import product_page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door: ask, find a product, see what is going on."""
    facts = front.state() if not request.GET else [front.state(), rows_for(request, public_questions()).shown]

    def context() -> dict[str, Any]:
        return front.shown(request)

    if request.user.is_authenticated:
        return member_page(request, "forums/hubs/home.html", context, *facts)
    page = kept_page(request, "forums/hubs/home.html", context, is_demo_on(), *facts)
    return shows(page, "questions", "products", "people")


@require_safe
def product_list(request: HttpRequest) -> HttpResponse:
    """Everything the company makes, by brand."""
    products = Product.objects.visible_to(None).select_related("brand").order_by("brand__name", "position", "name")
    response = render(request, "forums/hubs/product_list.html", {"products": list(products)})
    return shows(response, "products", "questions")


@require_safe
def product_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A product's own page: how it stands, its questions and best answers, its versions, and who answers here."""
    product = get_object_or_404(Product.objects.visible_to(None).select_related("brand"), slug=slug)
    context = {
        "product": product,
        "versions": list(product.versions.all()[:6]),
        "rows": rows_for(request, public_questions().about(product)),  # type: ignore[attr-defined]
        "helping": helping_most(days=90, limit=5, question__thread__product=product),
        "team": team_answering(product, days=90, limit=3),
        "problems": known_problems(product),
        "answers": top_answers(product),
        "told": product_page(product),
        "is_noindex": bool(request.GET.get("after")),
    }
    response = render(request, "forums/hubs/product_detail.html", context)
    return shows(response, f"product-{product.pk}", "products", "people")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How this site is meant to be used by everybody, and where to get help with it."""
    return shows(render(request, "forums/hubs/accessibility.html"), "site")
