"""The way into a chat from other sites: a small page in a frame. The chat itself is a window of ours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from community.catalogue.models import Product
from community.framing import framed
from community.people.guards import doorway
from moderation.chat.models import Chat


@doorway
@xframe_options_exempt
@require_safe
def chat_widget(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether somebody is there, or when; and the ways to reach the team. It knows nothing of whoever looks at it."""
    product = get_object_or_404(Product.objects.visible_to(None).select_related("brand"), slug=slug)
    context = {"product": product, "available": Chat.objects.available(product.brand)}
    response = framed("moderation/chat/widget.html", context, has_form=True)
    response["Cache-Control"] = "private, no-store"
    return response
