"""Connections: the list with their health, adding, changing, trying, pausing, reconciling."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from procrastinate.contrib.django import app

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.crm.connectors import kinds
from moderation.crm.connectors.base import Connector
from moderation.crm.forms import ConnectionForm
from moderation.crm.models import Case, CasePush, Connection


@require_safe
@requires(Capability.CONNECT_CRM, Capability.SUPERVISE)
def crm_connections(request: HttpRequest) -> HttpResponse:
    """All connections and how each is doing."""
    rows = [{"connection": each, **health(each)} for each in Connection.objects.visible_to(request.user)]
    waiting = Case.objects.filter(connection=None).count()
    context = {"rows": rows, "kinds": kinds().values(), "waiting": waiting, "may_connect": may_connect(request)}
    return render(request, "moderation/crm/connections.html", context)


def health(connection: Connection) -> dict[str, Any]:
    """The numbers of one connection."""
    pushes = CasePush.objects.filter(case__connection=connection)
    return {
        "waiting": pushes.unsettled().count(),
        "dead": pushes.filter(state=CasePush.State.DEAD).count(),
        "cases": connection.cases.exclude(remote_id="").count(),
        "told_today": connection.said_today if connection.said_on == timezone.localdate() else 0,
    }


def sends_messages(kind: str) -> bool:
    """Whether this CRM tells its news by signed messages; the others are asked for it."""
    return kinds()[kind].verify_webhook is not Connector.verify_webhook


def may_connect(request: HttpRequest) -> bool:
    """Whether this person sets connections up, or only reads."""
    return bool(request.user.can(Capability.CONNECT_CRM))  # type: ignore[union-attr]


@require_http_methods(["GET", "POST"])
@requires(Capability.CONNECT_CRM)
@once
def crm_connection_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Add a connection of one kind."""
    if kind not in kinds():
        raise Http404
    return edit(request, None, kind)


@require_http_methods(["GET", "POST"])
@requires(Capability.CONNECT_CRM, Capability.SUPERVISE)
@once
def crm_connection(request: HttpRequest, connection_id: int) -> HttpResponse:
    """One connection: its settings, its health, its last reconciliation."""
    connection = connection_for(request, connection_id)
    return edit(request, connection, connection.kind)


def edit(request: HttpRequest, connection: Connection | None, kind: str) -> HttpResponse:
    """Show the form, or keep what it says."""
    if request.method == "POST" and not may_connect(request):
        raise Refusal(_("Only administrators connect a CRM."), code="not_yours", status=403)
    form = ConnectionForm(request.POST or None, instance=connection, kind=kind)
    if request.method == "POST" and form.is_valid():
        kept = form.keep(request.user)  # type: ignore[arg-type]
        try_it(kept)
        if form.cleaned_data.get("looks_first"):
            ask_preview(kept)
        messages.success(request, _("Saved. The connection is being tried."))
        return redirect("moderation:crm-connection", kept.pk)
    context = {
        "form": form,
        "connection": connection,
        "kind": kinds()[kind],
        "may_connect": may_connect(request),
        "hook_url": f"{settings.SITE_URL}/hooks/crm/{connection.name}/" if connection and sends_messages(kind) else "",
        "last_message": connection.messages.first() if connection else None,
        **(health(connection) if connection else {}),
    }
    return render(request, "moderation/crm/connection.html", context, status=422 if form.errors else 200)


def connection_for(request: HttpRequest, connection_id: int) -> Connection:
    """The connection, if this person may see it."""
    connection = Connection.objects.visible_to(request.user).filter(pk=connection_id).first()
    if connection is None:
        raise Http404
    return connection


def try_it(connection: Connection) -> None:
    """Have a job try it; the page shows what came of it."""
    Connection.objects.filter(pk=connection.pk).update(is_reachable=None, check_result="")
    app.configure_task("moderation.crm.tasks.check_connection", queue="crm").defer(connection_id=connection.pk)


def ask_preview(connection: Connection) -> None:
    """Have a job look what would be told; the page shows what came of it."""
    Connection.objects.filter(pk=connection.pk).update(preview={"is_asked": True})
    app.configure_task("moderation.crm.tasks.preview_connection", queue="crm").defer(connection_id=connection.pk)


@require_http_methods(["GET", "POST"])
@requires(Capability.CONNECT_CRM)
@once
def crm_connection_preview(request: HttpRequest, connection_id: int) -> HttpResponse:
    """POST: look what would be told. GET: how far that is, asked for by the page."""
    connection = connection_for(request, connection_id)
    if request.method == "POST":
        ask_preview(connection)
        return redirect("moderation:crm-connection", connection.pk)
    return render(request, "moderation/crm/_preview_report.html", {"connection": connection})


@require_safe
@requires(Capability.CONNECT_CRM, Capability.SUPERVISE)
def crm_connection_state(request: HttpRequest, connection_id: int) -> HttpResponse:
    """How the last try went: asked for by the page while it is under way."""
    connection = connection_for(request, connection_id)
    return render(request, "moderation/crm/_state.html", {"connection": connection, **health(connection)})


@require_POST
@requires(Capability.CONNECT_CRM)
@once
def crm_connection_check(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Try it now."""
    connection = connection_for(request, connection_id)
    try_it(connection)
    if request.htmx:  # type: ignore[attr-defined]
        return crm_connection_state_answer(request, connection)
    return redirect("moderation:crm-connection", connection.pk)


def crm_connection_state_answer(request: HttpRequest, connection: Connection) -> HttpResponse:
    """The state as it is now, as a fragment."""
    connection.refresh_from_db()
    return render(request, "moderation/crm/_state.html", {"connection": connection, **health(connection)})


@require_POST
@requires(Capability.CONNECT_CRM)
@once
def crm_connection_pause(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Pause it, or resume it."""
    connection = connection_for(request, connection_id)
    if connection.is_active:
        connection.pause(by=request.user, reason=request.POST.get("reason", "")[:200])  # type: ignore[arg-type]
        messages.success(request, _("Paused. What is to be told waits here until you resume."))
    else:
        connection.resume(by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Resumed. What waited is told now, in order."))
    return redirect("moderation:crm-connection", connection.pk)


@require_POST
@requires(Capability.CONNECT_CRM)
@once
def crm_connection_reconcile(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Compare both sides, and with `repair` make it right; a job does it."""
    connection = connection_for(request, connection_id)
    dry_run = "repair" not in request.POST
    app.configure_task("moderation.crm.tasks.reconcile_connection", queue="crm").defer(
        connection_id=connection.pk, dry_run=dry_run
    )
    messages.info(request, _("Both sides are being compared. The report appears here."))
    return redirect("moderation:crm-connection", connection.pk)
