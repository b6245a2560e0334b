"""A product's questions, its rating and the way to the team on other sites: the lines to copy, and the one script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.catalogue.models import Product
from community.live.pages import shows


@require_safe
def product_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The setup page: what can be shown elsewhere, with the lines for it and what the other page must allow."""
    product = get_object_or_404(Product.objects.visible_to(None).select_related("brand"), slug=slug)
    return shows(render(request, "forums/hubs/product_embed.html", {"product": product}), "products")


@require_safe
def widget_launcher(request: HttpRequest) -> HttpResponse:
    """The script of the button, in the words of whoever loads it. It is the same for everybody and sets no cookie."""
    words = {"label": _("Help"), "close": _("Close")}
    response = render(None, "forums/hubs/widget_launcher.js", words, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept-Language"])
    return response
