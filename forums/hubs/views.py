"""Pages where customers arrive: home, products."""

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.catalogue.models import Product
from community.live.pages import shows
from forums.hubs.helping import helping_most, latest_verified, team_answering
from forums.hubs.rows import public_questions, rows_for
from forums.hubs.standing import known_problems, top_answers
from forums.hubs.structured import product_page
from forums.reputation.boards import helping_this_week

CARDS = 8  # products on the home page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door: ask, find a product, see what is going on."""
    products = list(Product.objects.visible_to(None)[: CARDS + 1])
    context = {
        "products": products[:CARDS],
        "has_more_products": len(products) > CARDS,
        "solved_count": Product.objects.visible_to(None).aggregate(all=Sum("solved_count"))["all"] or 0,
        "rows": rows_for(request, public_questions()),
        "helping": helping_this_week(limit=3),
        "verified": latest_verified(limit=4),
    }
    return shows(render(request, "forums/hubs/home.html", context), "questions", "products", "people")


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
