"""The desk: views, list and the open item."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from community.numbers import number_in
from community.people.guards import requires
from community.people.roles import Capability
from community.spreadsheets import csv_lines
from moderation.desk.page import counts_context, item_context, item_for, list_context, place_of, show_open
from moderation.desk.pages import first_page_of
from moderation.queue.lists import items_in, news_since, order_of
from moderation.queue.models import Item
from moderation.queue.narrowing import choices_for

COLUMNS = [
    _("Number"), _("Kind"), _("Title"), _("State"), _("Product"), _("Customer"), _("Contact, masked"), _("Waits since"),
    _("Due"), _("At hand of"), _("Assigned to"),
]  # fmt: skip
MOST_LINES = 10_000


@require_safe
@requires(Capability.WORK_THE_QUEUE, Capability.RAISE_CONCERNS)
def desk(request: HttpRequest) -> HttpResponse:
    """The queue without an open item. htmx gets the list alone.

    “Desk” stands above every page of whoever works here: those who work no queue get the first page that is theirs.
    """
    if not request.user.can(Capability.WORK_THE_QUEUE):
        return redirect(first_page_of(request.user))
    template = "moderation/desk/_queue.html" if request.htmx else "moderation/desk/desk.html"
    return render(request, template, list_context(request))


@require_safe
@requires(Capability.WORK_THE_QUEUE)
def queue_filters(request: HttpRequest) -> HttpResponse:
    """What the queue is narrowed by, to be chosen. htmx gets the form alone, when somebody unfolds it."""
    view, query = place_of(request)
    template = "moderation/desk/_filters.html" if request.htmx else "moderation/desk/queue_filters.html"
    return render(request, template, {"filters": choices_for(request.user), "view": view, "query": query})


@require_safe
@requires(Capability.WORK_THE_QUEUE)
def queue_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The view as a table for a spreadsheet, contact data masked for everybody: a file goes further than a page."""
    view, query = place_of(request)
    found = items_in(view, request.user, query).order_by(order_of(view, query), "pk")
    lines = csv_lines([str(name) for name in COLUMNS], map(line_of, found[:MOST_LINES]))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="queue.csv"'
    response["Cache-Control"] = "no-store"
    return response


def line_of(item: Item) -> list[Any]:
    """One item in the columns of the table."""
    moments = [at.isoformat(timespec="minutes") if at else "" for at in (item.waiting_since, item.due_at)]
    return [
        item.pk, str(item.way.label), item.title, item.state, item.product.name if item.product else "",
        item.customer.username, item.customer.contact_for(None).email, *moments,
        item.holder.username if item.holder else "", item.assignee.username if item.assignee else "",
    ]  # fmt: skip


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
