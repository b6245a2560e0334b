"""The CRM beside an item: what would be told, what was told, and what the CRM holds now."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from procrastinate.contrib.django import app

from community.numbers import number_in
from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.crm.models import Case, CasePush, Connection
from moderation.crm.payload import case_payload, contact_payload, entries_of
from moderation.crm.pushing import push_item, push_status
from moderation.crm.recreating import create_again
from moderation.identities.unity import main_of
from moderation.queue.models import Item

TOLD_AGAIN = {CasePush.Kind.CONTACT, CasePush.Kind.CASE}
"""Records that are told again whenever something about them changes."""


@require_safe
@requires(Capability.PUSH_TO_CRM, Capability.WORK_THE_QUEUE)
def crm_panel(request: HttpRequest, item_id: int) -> HttpResponse:
    """The panel; htmx gets it alone."""
    return show(request, item_for(request, item_id))


def item_for(request: HttpRequest, item_id: int) -> Item:
    """The item, if this person may see it."""
    rows = Item.objects.visible_to(request.user).select_related("thread", "customer", "product__brand")
    item = rows.filter(pk=item_id).first()
    if item is None:
        raise Http404
    return item


def case_for(request: HttpRequest, item_id: int, case_id: int) -> Case:
    """A case of an item that this person may see."""
    rows = Case.objects.visible_to(request.user).select_related("item__product__brand", "connection", "customer")
    case = rows.filter(pk=case_id, item_id=item_id).first()
    if case is None:
        raise Http404
    return case


def show(request: HttpRequest, item: Item, refusal: Refusal | None = None) -> HttpResponse:
    """The panel as it is now, with what was refused."""
    template = "moderation/crm/_panel.html" if request.htmx else "moderation/crm/panel.html"  # type: ignore[attr-defined]
    context = {"item": item, "refusal": refusal, **panel_context(request, item)}
    return render(request, template, context, status=refusal.status if refusal else 200)


def panel_context(request: HttpRequest, item: Item) -> dict[str, Any]:
    """What the panel shows."""
    person: Any = request.user
    connections = list(Connection.objects.active())
    chosen = next((c for c in connections if c.name == request.GET.get("connection")), None) or first_of(connections)
    cases = list(item.cases.select_related("connection", "customer").order_by("pk"))
    told = set(CasePush.objects.filter(case__item=item).exclude(source="").values_list("source", flat=True))
    entries = entries_of(item, private=bool(chosen and chosen.is_private_allowed))
    return {
        "connections": connections,
        "chosen": chosen,
        "cases": [{"case": case, "pushes": pushes_of(case)} for case in cases],
        "entries": [(entry, entry.source in told) for entry in entries],
        "news": any(entry.source not in told for entry in entries),
        "contact": contact_payload(main_of(item.customer), chosen),
        "head": case_payload(item),
        "needs_private": item.kind == Item.Kind.CONVERSATION and not (chosen and chosen.is_private_allowed),
        "may_push": person.can(Capability.PUSH_TO_CRM, item.brand_slug),
        "may_connect": person.can(Capability.CONNECT_CRM),
    }


def first_of(connections: list[Connection]) -> Connection | None:
    """The connection that is meant when nobody says which."""
    return connections[0] if connections else None


def pushes_of(case: Case) -> list[CasePush]:
    """The entries of a case in order, each with the record it became. What was told again stands there once."""
    refs = {row.ref: row for row in case.refs.all()}
    pushes = list(case.pushes.order_by("sequence"))
    newest = {push.ref: push.pk for push in pushes if push.kind in TOLD_AGAIN}
    for push in pushes:
        push.record = refs.get(push.ref)  # type: ignore[attr-defined]
    return [push for push in pushes if not (push.kind in TOLD_AGAIN and is_past(push, newest[push.ref]))]


def is_past(push: CasePush, newest: int) -> bool:
    """It arrived, and a later push of the same record speaks for it."""
    return push.state == CasePush.State.SENT and push.pk != newest


@require_POST
@requires(Capability.PUSH_TO_CRM)
@once
def crm_item_push(request: HttpRequest, item_id: int) -> HttpResponse:
    """Push what is ticked."""
    item = item_for(request, item_id)
    named = request.POST.get("connection", "")
    connection = Connection.objects.active().filter(name=named).first() if named else None
    try:
        if named and connection is None:
            raise Refusal(_("This connection is not there any more, or paused."), code="no_connection", status=422)
        sources = request.POST.getlist("source")[:1000]
        push_item(item, by=request.user, sources=sources, connection=connection)  # type: ignore[arg-type]
    except Refusal as refusal:
        return show(request, item, refusal)
    return answer(request, item)


@require_POST
@requires(Capability.PUSH_TO_CRM)
@once
def crm_item_status(request: HttpRequest, item_id: int, case_id: int) -> HttpResponse:
    """Move the case in the CRM to another status."""
    case = case_for(request, item_id, case_id)
    version = number_in(request.POST.get("version", ""))
    try:
        push_status(
            case,
            request.POST.get("status", ""),
            by=request.user,  # type: ignore[arg-type]
            version=-1 if version is None else version,
        )
    except Refusal as refusal:
        return show(request, case.item, refusal)
    return answer(request, case.item)


@require_POST
@requires(Capability.PUSH_TO_CRM)
@once
def crm_item_mend(request: HttpRequest, item_id: int, case_id: int) -> HttpResponse:
    """The CRM lost the case: make it anew there."""
    case = case_for(request, item_id, case_id)
    if not request.user.can(Capability.PUSH_TO_CRM, case.item.brand_slug):  # type: ignore[union-attr]
        raise Refusal(_("You cannot push this to the CRM."), code="not_yours", status=403)
    if case.broken_at:
        create_again(case)
    return answer(request, case.item)


def answer(request: HttpRequest, item: Item) -> HttpResponse:
    """The panel for htmx, otherwise back to it."""
    if request.htmx:  # type: ignore[attr-defined]
        return show(request, item)
    return redirect("moderation:crm-panel", item.pk)


@require_safe
@requires(Capability.PUSH_TO_CRM, Capability.WORK_THE_QUEUE)
def crm_holds(request: HttpRequest, item_id: int, case_id: int) -> HttpResponse:
    """What the CRM held when it was last read; when that was long ago, a job reads it again."""
    case = case_for(request, item_id, case_id)
    if case.remote_id and case.is_stale and case.connection and case.connection.is_active and not case.broken_at:
        app.configure_task("moderation.crm.tasks.read_case", queue="crm").defer(case_id=case.pk)
    return render(request, "moderation/crm/_holds.html", {"case": case, "pushes": pushes_of(case), "item": case.item})
