"""Who else has the item open. A page says so every 15 seconds; colleagues see changes at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from community.live.broadcasting import broadcast
from community.people.guards import requires
from community.people.roles import Capability
from moderation.desk.page import item_for


@requires(Capability.WORK_THE_QUEUE)
@require_POST
def item_presence(request: HttpRequest, item_id: int) -> HttpResponse:
    """I read, I write, or I am gone. Answers who is here, so that a page without a socket knows too."""
    item = item_for(request, item_id)
    is_news = item.attend(request.POST.get("doing", ""), by=request.user)
    here = {"item": item, "present": list(item.presences.fresh())}
    if is_news:
        broadcast(f"item:{item.pk}", "moderation/desk/_presence.html", here, event="present")
        for stream in item.streams:
            broadcast(stream, "moderation/desk/_here.html", here, event="present")
    return render(request, "moderation/desk/_presence.html", here)
