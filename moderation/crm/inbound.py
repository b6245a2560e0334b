"""The CRM's signed messages: proved, kept once, answered at once; a job applies them."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from procrastinate.contrib.django import app

from community.people.guards import doorway
from moderation.crm.connectors.base import Change
from moderation.crm.connectors.errors import ConnectorError, Gone, Invalid
from moderation.crm.entitling import take
from moderation.crm.models import Connection, HookMessage
from moderation.crm.returning import apply

LARGEST = 1_000_000


@doorway
@csrf_exempt
@require_POST
def crm_hook(request: HttpRequest, name: str) -> HttpResponse:
    """Take a message: 401 when it is not proved, 400 when not understood or far too long, 202 otherwise, also the
    second time."""
    connection = Connection.objects.filter(name=name).first()
    if connection is None:
        raise Http404
    try:
        if int(request.headers.get("Content-Length") or 0) > LARGEST or len(request.body) > LARGEST:
            return HttpResponse("Too long.", status=400, content_type="text/plain")
    except ValueError:
        return HttpResponse("Bad length.", status=400, content_type="text/plain")
    connector = connection.connector()
    try:
        message_id = connector.verify_webhook(
            "POST", request.build_absolute_uri(), request.headers, request.body, timezone.now()
        )
    except Invalid as error:
        return HttpResponse(str(error), status=401, content_type="text/plain")
    try:
        changes = connector.parse_webhook(request.body)
        owners = connector.parse_entitlements(request.body)
    except Invalid as error:
        return HttpResponse(str(error), status=400, content_type="text/plain")
    if changes or not owners:
        keep(connection, message_id, changes)
    take(connection, owners)
    return HttpResponse(status=202)


@transaction.atomic
def keep(connection: Connection, message_id: str, changes: list[Change]) -> None:
    """Keep the message once, without internal comments, and have it applied."""
    kept = [as_row(change) for change in changes if change.is_public or not change.note]
    message, is_new = HookMessage.objects.get_or_create(
        connection=connection, message_id=message_id, defaults={"changes": kept}
    )
    if is_new:
        app.configure_task("moderation.crm.tasks.take_message", queue="crm").defer(message_id=message.pk)


def as_row(change: Change) -> dict[str, Any]:
    """A change as JSON."""
    return {name: value for name, value in asdict(change).items() if name != "at"}


def apply_message(message: HookMessage) -> None:
    """Take over what a message says. It is a hint: where the CRM can be asked, what it holds now is what counts."""
    with transaction.atomic():
        message = HookMessage.objects.select_for_update().select_related("connection").get(pk=message.pk)
        if message.state != HookMessage.State.WAITING:
            return
    changes = [read_again(message.connection, Change(**row)) for row in message.changes]
    with transaction.atomic():
        for change in changes:
            apply(message.connection, change)
        HookMessage.objects.filter(pk=message.pk).update(state=HookMessage.State.APPLIED)


def read_again(connection: Connection, hint: Change) -> Change:
    """The hint, with the status that the case really has when the CRM lets us look; versions guard the rest."""
    if not hint.status or not connection.cases.filter(remote_id=hint.case).exists():
        return hint
    connector = connection.connector(timeout=5.0)
    with connector.wire:
        if not connector.capabilities().finds:
            return hint
        try:
            now = connector.read_case(hint.case)
        except Gone:
            return Change(case=hint.case, id=hint.id, version=hint.version, is_deleted=True)
        except ConnectorError:
            return hint
    return Change(
        **{**as_row(hint), "status": now.status or hint.status, "version": max(now.version, 0) or hint.version}
    )
