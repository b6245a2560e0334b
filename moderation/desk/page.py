"""What the desk shows: the views with their counts, the list, the open item and its customer."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from community.paging import page_of
from community.people.distance import team_name_of
from community.people.roles import Capability
from community.prepared import PreparedRow
from forums.threads.models import Draft
from moderation.desk.customer import about_customer, askers_of
from moderation.desk.forms import NAP_LABELS
from moderation.desk.rows import rows_of
from moderation.desk.timeline import newest_answer, timeline_of
from moderation.queue.beginnings import first_page
from moderation.queue.lists import QueueView, counts_for, items_in, order_of, view_named, views_for, with_all
from moderation.queue.models import Item, KeptView
from moderation.queue.team import colleagues_for
from moderation.staffing.roster import shift_of

ROWS_A_PAGE = 30


def item_for(request: HttpRequest, item_id: int) -> Item:
    """The item, when this person works on its brand; otherwise it does not exist."""
    item = next(iter(with_all([item_id])), None)
    if item is None or not item.is_seen_by(request.user):
        raise Http404
    return item


def place_of(request: HttpRequest) -> tuple[QueueView, str]:
    """The view and the search in which the person is, carried along in every address."""
    given = request.GET if {"view", "q", "narrow"} & set(request.GET) else request.POST
    words = " ".join([given.get("q", "").strip(), *filter(None, given.getlist("narrow")[:9])])
    return view_named(given.get("view", ""), request.user), words.strip()[:100]


def place_query(request: HttpRequest) -> str:
    """The same as the end of an address."""
    view, query = place_of(request)
    return urlencode({"view": view.key, **({"q": query} if query else {})})


def list_context(request: HttpRequest, open_item: Item | None = None) -> dict[str, Any]:
    """The two panes on the left."""
    view, query = place_of(request)
    ids, after = page_in(request, view, query)
    place, opened = place_query(request), open_item.pk if open_item else None
    brands = request.user.brands_for(Capability.WORK_THE_QUEUE)
    return {
        **counts_context(request),
        "audiences": KeptView.Audience.choices,
        "rows": rows_of(ids, place, opened=opened),
        "after": after,
        "made": timezone.now(),
        "helps_privately": request.user.can(Capability.OFFER_PRIVATE_HELP),
        "streams": ["all"] if brands is None else sorted(brands),
    }


def page_in(request: HttpRequest, view: QueueView, query: str) -> tuple[list[int], str]:
    """The keys of the items on this page, and the mark after which the next one begins."""
    mark = request.GET.get("after", "")
    if not (mark or query or view.kept):
        return first_page(view, request.user, ROWS_A_PAGE)
    order = order_of(view, query)
    found = items_in(view, request.user, query).select_related(None).prefetch_related(None)
    page, after = page_of(found.only("pk", order.removeprefix("-")), order, mark, ROWS_A_PAGE)
    return [item.pk for item in page], after


def counts_context(request: HttpRequest) -> dict[str, Any]:
    """The views with the numbers of this person."""
    view, query = place_of(request)
    views = views_for(request.user)
    counts = counts_for(request.user, views)
    return {
        "views": [(each, counts.get(each.key)) for each in views],
        "view": view,
        "query": query,
        "place": place_query(request),
        "shift": shift_of(request.user),
        "naps": NAP_LABELS,
    }


def item_context(request: HttpRequest, item: Item) -> dict[str, Any]:
    """The pane of an open item with its customer."""
    view, query = place_of(request)
    drafts = drafts_at.all(person=request.user.pk, thread=f"thread:{item.thread_id}", note=f"note:{item.pk}")
    kept = {draft.place.partition(":")[0]: draft for draft in drafts}
    timeline, team = timeline_of(item), colleagues_for(item)
    return {
        "item": item,
        "view": view,
        "query": query,
        "place": place_query(request),
        "timeline": timeline,
        "seen": newest_answer(timeline),
        "compose": request.GET.get("compose", ""),
        "drafts": {"answer": kept.get("thread"), "note": kept.get("note")},
        "alias": team_name_of(request.user, to=item.customer),
        "present": item.here,
        "team": team,
        "team_shown": [(person.pk, person.username, person.name, person.hue, person.picture_url) for person in team],
        "naps": NAP_LABELS,
        "askers": askers_of(item, timeline),
        "may_reshape": item.thread is not None and item.thread.is_reshaped_by(request.user),
        "may_credit": request.user.can(Capability.GIVE_CREDIT),
        **about_customer(item.customer, request.user),
    }


drafts_at = PreparedRow(
    lambda person, thread, note: Draft.objects.visible_to(person).filter(Q(place=thread) | Q(place=note)),
    person=int,
    thread=str,
    note=str,
)
"""What somebody has begun to write here."""


def show_open(request: HttpRequest, item: Item, **more: Any) -> HttpResponse:
    """The page with the item open, or for htmx its panes alone."""
    if request.htmx:
        return render(request, "moderation/desk/_open.html", {**item_context(request, item), **more})
    return render(
        request, "moderation/desk/desk.html", {**list_context(request), **item_context(request, item), **more}
    )


def show_item(request: HttpRequest, item: Item, status: int = 200, **more: Any) -> HttpResponse:
    """The item after a deed or a refusal: for htmx its panes, otherwise a redirect or the whole page."""
    if request.htmx:
        context = {**item_context(request, item_for(request, item.pk)), **more}
        return render(request, "moderation/desk/_open.html", context, status=status)
    if status == 200:
        return redirect(f"{reverse('moderation:item-detail', args=[item.pk])}?{place_query(request)}")
    context = {**list_context(request, item), **item_context(request, item_for(request, item.pk)), **more}
    return render(request, "moderation/desk/desk.html", context, status=status)
