"""What others have asked about a product, searched on other sites, and the way to ask: a small page in a frame."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from community.catalogue.models import Product
from community.framing import framed
from community.live.pages import shows
from forums.questions.hinting import hints_for
from forums.questions.models import Question

MOST = 5
LONGEST = 200


@xframe_options_exempt
@require_safe
def question_widget(request: HttpRequest, slug: str) -> HttpResponse:
    """What was solved last; with words, what resembles them most, solved ones first. Asking opens a window of ours."""
    product = get_object_or_404(Product.objects.visible_to(None), slug=slug)
    asked = " ".join(request.GET.get("q", "").split())[:LONGEST]
    rows = hints_for(asked, product=product) if asked else solved_last(product)
    context = {"product": product, "asked": asked, "rows": rows}
    response = framed("forums/questions/widget.html", context, has_form=True)
    if asked:
        response["Cache-Control"] = "private, no-store"
        return response
    return shows(response, f"product-{product.pk}", "questions")


def solved_last(product: Product) -> list[dict[str, object]]:
    """What was solved last about this product."""
    rows = Question.objects.listed().about(product).solved().select_related("thread").order_by("-solved_at")[:MOST]
    return [{"title": row.thread.title, "url": row.thread.get_absolute_url(), "is_solved": True} for row in rows]
