"""Tags that may be named while somebody types."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from taggit.models import Tag

from community.people.guards import signed_in
from community.people.suggesting import MOST, not_too_fast
from forums.threads.models import Thread


@signed_in
@require_safe
def tag_suggest(request: HttpRequest) -> HttpResponse:
    """Tags that begin with these letters and stand on a thread which this person may read."""
    not_too_fast(request.user)
    begun = request.GET.get("q", "")[:40]
    seen = Thread.objects.visible_to(request.user)
    tags = Tag.objects.filter(name__istartswith=begun, thread_tags__content_object__in=seen).distinct().order_by("name")
    return JsonResponse({"items": [told(tag) for tag in (tags[:MOST] if begun else [])]})


def told(tag: Tag) -> dict[str, str]:
    """A tag as a text names it: a link to its page."""
    return {"label": tag.name, "text": f"[#{tag.name}]({reverse('forums:tag-detail', args=[tag.slug])})"}
