"""Which of our values go into which fields of the CRM: versions, tried on real records, with a way back."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from procrastinate.contrib.django import app

from community.numbers import number_in
from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.crm.field_forms import MODES, FieldsForm
from moderation.crm.filling import OURS, feed_of
from moderation.crm.models import Connection
from moderation.crm.recreating import say_fields_again
from moderation.crm.views.setup import connection_for
from moderation.mappings.models import MappingVersion

LABELS = {ours.key: ours.label for ours in OURS}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.CONNECT_CRM)
@once
def crm_connection_fields(request: HttpRequest, connection_id: int) -> HttpResponse:
    """The version in force, or what is being tried; POST makes the next version."""
    connection = connection_for(request, connection_id)
    if request.method == "POST":
        return save(request, connection)
    trial = connection.trial
    if "try" in request.GET and "paths" in trial:
        form = filled(connection, trial["paths"], trial["modes"], case=trial.get("case"))
        return show(request, connection, form, reason=trial.get("reason", ""))
    return show(request, connection, in_force(connection))


def in_force(connection: Connection) -> FieldsForm:
    """The form with the newest version."""
    newest = MappingVersion.objects.in_force(feed_of(connection))
    return filled(connection, newest.paths, newest.modes) if newest else FieldsForm(connection=connection)


def filled(connection: Connection, paths: dict[str, str], modes: dict[str, str], **initial: Any) -> FieldsForm:
    """The form with these fields."""
    initial |= {f"path_{key}": path for key, path in paths.items()} | {f"mode_{key}": m for key, m in modes.items()}
    return FieldsForm(connection=connection, initial=initial)


def show(request: HttpRequest, connection: Connection, form: FieldsForm, **more: Any) -> HttpResponse:
    """The page as it is now."""
    versions = list(MappingVersion.objects.of(feed_of(connection)).select_related("by")[:20])
    told = [(version, told_of(version)) for version in versions]
    context = {"connection": connection, "form": form, "versions": told, "rows": rows_of(connection)}
    context |= {"reason": request.POST.get("reason", ""), **more}
    context["based_on"] = versions[0].number if versions else 0
    context["back"] = reverse("moderation:crm-connection-fields-back", args=[connection.pk])
    refusal = more.get("refusal")
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "moderation/crm/fields.html", context, status=status)


def told_of(version: MappingVersion) -> list[tuple[Any, str, Any]]:
    """A version's values with their fields, and what may be done where something stands."""
    words = dict(MODES)
    return [(LABELS[k], path, words.get(version.modes.get(k), "")) for k, path in version.paths.items() if k in LABELS]


def rows_of(connection: Connection) -> list[dict[str, Any]]:
    """What the last trial found, with the names that people know."""
    rows = connection.trial.get("report", {}).get("rows", [])
    return [{**row, "label": LABELS[row["value"]]} for row in rows if row["value"] in LABELS]


def save(request: HttpRequest, connection: Connection) -> HttpResponse:
    """The next version; what is told from now on goes by it."""
    form = FieldsForm(request.POST, connection=connection)
    if not form.is_valid():
        return show(request, connection, form)
    based_on = number_in(request.POST.get("based_on", "")) or 0
    try:
        MappingVersion.objects.keep(
            feed_of(connection), ".", form.paths, by=request.user, reason=request.POST.get("reason", ""),
            based_on=based_on, modes=form.modes,
        )  # fmt: skip
    except Refusal as refusal:
        return show(request, connection, form, refusal=refusal)
    messages.success(request, _("Saved. What is told from now on goes by this version."))
    return redirect("moderation:crm-connection-fields", connection.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.CONNECT_CRM)
def crm_connection_fields_try(request: HttpRequest, connection_id: int) -> HttpResponse:
    """POST: have a job look what would be written. GET: how far that is, asked for by the page."""
    connection = connection_for(request, connection_id)
    if request.method == "POST":
        form = FieldsForm(request.POST, connection=connection)
        if not form.is_valid():
            return show(request, connection, form)
        case = form.cleaned_data["case"]
        draft = {"is_asked": True, "paths": form.paths, "modes": form.modes, "case": case.pk if case else 0}
        draft["reason"] = request.POST.get("reason", "")[:200]
        with transaction.atomic():
            Connection.objects.filter(pk=connection.pk).update(trial=draft)
            app.configure_task("moderation.crm.tasks.try_fields_of", queue="crm").defer(connection_id=connection.pk)
        return redirect(reverse("moderation:crm-connection-fields", args=[connection.pk]) + "?try#trial")
    context = {"connection": connection, "rows": rows_of(connection)}
    return render(request, "moderation/crm/_fields_trial.html", context)


@require_POST
@requires(Capability.CONNECT_CRM)
@once
def crm_connection_fields_back(request: HttpRequest, connection_id: int) -> HttpResponse:
    """An earlier version is in force again, as a new one."""
    connection = connection_for(request, connection_id)
    number, based_on = (number_in(request.POST.get(name, "")) or 0 for name in ("number", "based_on"))
    try:
        MappingVersion.objects.go_back(feed_of(connection), number, by=request.user, based_on=based_on)  # type: ignore[arg-type]
    except Refusal as refusal:
        return show(request, connection, in_force(connection), refusal=refusal)
    messages.success(request, _("Version %(number)s is in force again.") % {"number": number})
    return redirect("moderation:crm-connection-fields", connection.pk)


@require_POST
@requires(Capability.CONNECT_CRM)
@once
def crm_connection_fields_tell(request: HttpRequest, connection_id: int) -> HttpResponse:
    """The records that are there get their fields by the version in force, one after the other."""
    connection = connection_for(request, connection_id)
    count = say_fields_again(connection)
    said = ngettext("%(count)s open case is told again.", "%(count)s open cases are told again.", count)
    messages.success(request, said % {"count": count})
    return redirect("moderation:crm-connection-fields", connection.pk)
