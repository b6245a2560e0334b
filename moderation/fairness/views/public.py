"""What everybody may know of reviews that are not shown or not counted."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.catalogue.models import Product
from community.live.pages import shows
from community.paging import page_of
from community.people.guards import doorway
from moderation.fairness.codes import said, words_of
from moderation.fairness.models import KEY, LedgerLine
from moderation.fairness.parity import Parity, parity_of


@doorway
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Received, published, refused for each number of stars, whether they are judged alike, and each line."""
    slug = request.GET.get("product", "").replace("\0", "")[:80]
    products = list(Product.objects.visible_to(None))
    product = next((row for row in products if row.slug == slug), None)
    lines = LedgerLine.objects.of(product).select_related("product")
    page, words = page_of(lines, "-began_at", request.GET.get("after", ""), 50), words_of()
    context = {
        "parity": parity_of(product),
        "lines": [(line, said(words, line.code)) for line in page.rows],
        "after": page.older,
        "product": product,
        "products": products,
    }
    response = render(request, "moderation/fairness/ledger.html", context)
    return response if request.user.is_authenticated else shows(response, KEY)


@doorway
@require_safe
def ledger_export(request: HttpRequest) -> JsonResponse:
    """The numbers and all standing lines for a program."""
    lines = LedgerLine.objects.standing().select_related("product").order_by("-began_at")
    told = [
        {
            "since": line.began_at.isoformat(),
            "product": line.product.slug if line.product else None,
            "stars": line.stars,
            "what": line.what,
            "code": line.code,
            "by": "rule" if line.is_by_rule else "person",
        }
        for line in lines[:10_000]
    ]
    return JsonResponse({"by_stars": as_record(parity_of()), "lines": told})


def as_record(parity: Parity) -> dict[str, dict[str, int]]:
    """The table by stars."""
    names = ("received", "published", "waiting", "refused", "not_counted", "held")
    return {str(row.stars): {name: getattr(row, name) for name in names} for row in parity.rows}
