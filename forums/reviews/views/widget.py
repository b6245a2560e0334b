"""The rating and the newest reviews of a product, to be shown on other sites: a small page in a frame.

It sets no cookie, runs no script, loads one style sheet from here, and works under a strict policy of the page around
it, which only has to allow frames of this site.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from community.catalogue.models import Product
from community.framing import framed
from community.live.pages import shows
from forums.reviews.models import Review

NEWEST = 3


@xframe_options_exempt
@require_safe
def review_widget(request: HttpRequest, slug: str) -> HttpResponse:
    """What stands in the frame: the numbers of the product's page, and the newest reviews whatever they say."""
    product = rated_product(slug)
    reviews = Review.objects.listed().of(product).select_related("thread__author", "aside")
    reviews = reviews.order_by("-written_at", "-pk")
    context = {"product": product, "score": getattr(product, "score", None), "reviews": list(reviews[:NEWEST])}
    return shows(framed("forums/reviews/widget.html", context), f"product-{product.pk}", "reviews")


@require_safe
def review_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """How to show the rating elsewhere: the lines to copy, and what they will look like."""
    page = render(request, "forums/reviews/embed.html", {"product": rated_product(slug)})
    return shows(page, "products")


def rated_product(slug: str) -> Product:
    return get_object_or_404(Product.objects.visible_to(None).select_related("brand", "score"), slug=slug)
