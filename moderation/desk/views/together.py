"""Several items at once: chosen, looked at, done together, and taken back in one step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from community.numbers import number_in
from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal, faults_of
from community.undoing import offer_undo
from moderation.desk.forms import NAP_LABELS, TogetherForm
from moderation.desk.page import ROWS_A_PAGE, place_of, place_query
from moderation.queue.lists import items_in, order_of, with_all
from moderation.queue.models import Batch, Item
from moderation.queue.models.batch import MOST
from moderation.queue.team import team_of_brands

UNDO_SHOWN = 60


@requires(Capability.WORK_THE_QUEUE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def item_together(request: HttpRequest) -> HttpResponse:
    """GET lists what can be chosen, with the given ones ticked; POST does one thing with all of them, or with none."""
    if request.method != "POST":
        return choice(request)
    form, items = TogetherForm(request.POST), chosen(request)
    if not items or not form.is_valid():
        return choice(request, 422, faults_of(form) or _("Choose at least one item."))
    try:
        batch = Batch.objects.do(items, form.cleaned_data["deed"], by=request.user, act=act_of(form, request.user))
    except Refusal as refusal:
        return choice(request, refusal.status, str(refusal))
    done = {"claim": ngettext("%(n)s item is yours.", "%(n)s items are yours.", len(items)),
            "assign": ngettext("%(n)s item assigned.", "%(n)s items assigned.", len(items)),
            "snooze": ngettext("%(n)s item sleeps.", "%(n)s items sleep.", len(items)),
            "close": ngettext("%(n)s item closed.", "%(n)s items closed.", len(items))}  # fmt: skip
    undo = f"{reverse('moderation:batch-take-back', args=[batch.pk])}?{place_query(request)}"
    offer_undo(request, done[batch.deed] % {"n": len(items)}, undo, seconds=UNDO_SHOWN)
    return redirect(f"{reverse('moderation:desk')}?{place_query(request)}")


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def batch_take_back(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Everything as it stood; what has moved on since stays, and is said."""
    back, moved = get_object_or_404(Batch, pk=batch_id, by=request.user).undo(by=request.user)
    words = ngettext("%(n)s item is as it was.", "%(n)s items are as they were.", back) % {"n": back}
    if moved:
        words += " " + ngettext("%(n)s has moved on since.", "%(n)s have moved on since.", moved) % {"n": moved}
    messages.success(request, words)
    return redirect(f"{reverse('moderation:desk')}?{place_query(request)}")


def act_of(form: Any, person: Any) -> Callable[[Item], None]:
    """What is done with each."""
    sent = form.cleaned_data
    acts: dict[str, Callable[[Item], None]] = {
        "claim": lambda item: item.claim(by=person),
        "assign": lambda item: item.assign(sent["assignee"], by=person),
        "snooze": lambda item: item.snooze(sent["moment"], by=person),
        "close": lambda item: item.close(by=person),
    }
    return acts[sent["deed"]]


def chosen(request: HttpRequest) -> list[Item]:
    """The items that were ticked, of those that this person sees."""
    given = request.POST.getlist("item") or request.GET.getlist("item")
    numbers = [number for number in map(number_in, given[:MOST]) if number is not None]
    return list(Item.objects.visible_to(request.user).filter(pk__in=numbers).order_by("pk"))


def choice(request: HttpRequest, status: int = 200, refused: str = "") -> HttpResponse:
    """The first of the view, to be ticked, and what can be done with them."""
    view, query = place_of(request)
    ids = list(
        items_in(view, request.user, query)
        .order_by(order_of(view, query), "pk")
        .values_list("pk", flat=True)[:ROWS_A_PAGE]
    )
    ticked = {item.pk for item in chosen(request)}
    ids += sorted(ticked - set(ids))
    context = {
        "items": with_all(ids),
        "ticked": ticked,
        "view": view,
        "query": query,
        "place": place_query(request),
        "refused": refused,
        "naps": NAP_LABELS,
        "colleagues": team_of_brands(request.user),
    }
    return render(request, "moderation/desk/together.html", context, status=status)
