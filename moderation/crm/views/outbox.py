"""The outbox: everything said or to be said to a CRM, every attempt, and replaying what was given up."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from community.numbers import number_in
from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from moderation.crm.models import CasePush, Connection

PAGE = 50
FILTERS = {
    "": None,
    "waiting": CasePush.UNSETTLED,
    "sent": (CasePush.State.SENT, CasePush.State.SUPERSEDED),
    "dead": (CasePush.State.DEAD,),
}


@require_safe
@requires(Capability.CONNECT_CRM, Capability.SUPERVISE)
def crm_outbox(request: HttpRequest) -> HttpResponse:
    """Newest first; `?state=` and `?connection=` narrow it, `?before=` pages by key."""
    state, name, before = (request.GET.get(key, "")[:40] for key in ("state", "connection", "before"))
    rows = chosen(request, state, name).select_related("case__item", "case__connection").order_by("-pk")
    if number_in(before) is not None:
        rows = rows.filter(pk__lt=number_in(before))
    page = list(rows[: PAGE + 1])
    may_replay = request.user.can(Capability.CONNECT_CRM)  # type: ignore[union-attr]
    context = {
        "pushes": page[:PAGE],
        "next": page[PAGE - 1].pk if len(page) > PAGE else None,
        "state": state,
        "name": name,
        "connections": Connection.objects.visible_to(request.user),
        "filters": [("", _("All")), ("waiting", _("Waiting")), ("sent", _("Sent")), ("dead", _("Given up"))],
        "dead": chosen(request, "dead", name).count(),
        "may_replay": may_replay,
        "ticked": may_replay and any(push.state == CasePush.State.DEAD for push in page[:PAGE]),
    }
    return render(request, "moderation/crm/outbox.html", context)


def chosen(request: HttpRequest, state: str, name: str) -> Any:
    """The entries this person may see, narrowed."""
    rows = CasePush.objects.visible_to(request.user)
    if FILTERS.get(state):
        rows = rows.filter(state__in=FILTERS[state])
    return rows.filter(case__connection__name=name) if name else rows


@require_safe
@requires(Capability.CONNECT_CRM, Capability.SUPERVISE)
def crm_push(request: HttpRequest, push_id: int) -> HttpResponse:
    """One entry: what is said, and every attempt."""
    rows = CasePush.objects.visible_to(request.user).select_related("case__item", "case__connection")
    push = rows.filter(pk=push_id).first()
    if push is None:
        raise Http404
    context = {"push": push, "may_replay": request.user.can(Capability.CONNECT_CRM)}  # type: ignore[union-attr]
    return render(request, "moderation/crm/push.html", context)


@require_POST
@requires(Capability.CONNECT_CRM)
@once
def crm_replay(request: HttpRequest) -> HttpResponse:
    """Replay the ticked entries, or all that were given up."""
    rows = chosen(request, "dead", request.POST.get("connection", "")[:40])
    if "all" not in request.POST:
        rows = rows.filter(pk__in=[number_in(pk) for pk in request.POST.getlist("push")[:500] if number_in(pk)])
    count = rows.replay(by=request.user)
    if not count:
        messages.error(request, _("Nothing is tried again: tick the entries that were given up."))
        return redirect(reverse("moderation:crm-outbox") + "?state=dead")
    messages.success(
        request, ngettext("%(n)s entry is tried again.", "%(n)s entries are tried again.", count) % {"n": count}
    )
    return redirect(reverse("moderation:crm-outbox") + "?state=waiting")
