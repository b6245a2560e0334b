"""The desk: views, list and the open item."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from community.numbers import number_in
from community.people.guards import requires
from community.people.roles import Capability
from moderation.desk.page import counts_context, item_context, item_for, list_context, place_of, show_open
from moderation.queue.lists import news_since
from moderation.queue.models import Item


@require_safe
@requires(Capability.WORK_THE_QUEUE)
def desk(request: HttpRequest) -> HttpResponse:
    """The queue without an open item. htmx gets the list alone."""
    template = "moderation/desk/_queue.html" if request.htmx else "moderation/desk/desk.html"
    return render(request, template, list_context(request))


@require_safe
@requires(Capability.WORK_THE_QUEUE)
def item_detail(request: HttpRequest, item_id: int) -> HttpResponse:
    """The same page with an item open. htmx gets the item's panes alone."""
    item = item_for(request, item_id)
    return show_open(request, item)


@require_safe
@requires(Capability.WORK_THE_QUEUE)
def item_news(request: HttpRequest, item_id: int) -> HttpResponse:
    """What changes on an open item while somebody writes: its head and its timeline, never the composer."""
    return render(request, "moderation/desk/_item_news.html", item_context(request, item_for(request, item_id)))


@require_safe
@requires(Capability.WORK_THE_QUEUE)
def queue_news(request: HttpRequest) -> HttpResponse:
    """The counts now, and how many items came into the view since its page was made: asked for after each change."""
    view, _query = place_of(request)
    since = moment_in(request.GET.get("since", ""))
    shown = [key for key in map(number_in, request.GET.get("shown", "").split(",")[:100]) if key is not None]
    fresh = news_since(view, request.user, since, shown) if since else 0
    rows = Item.objects.visible_to(request.user).with_people().filter(pk__in=shown)
    return render(
        request, "moderation/desk/_queue_news.html", {**counts_context(request), "fresh": fresh, "items": rows}
    )


def moment_in(text: str) -> datetime | None:
    """The moment in an address; None when it is none."""
    try:
        moment = parse_datetime(text[:40].replace(" ", "+"))
    except ValueError:  # shaped like one, with a month 13
        return None
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment
