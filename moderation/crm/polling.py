"""Asking the CRM what changed: a cursor with an overlap, so that nothing is skipped and repeating does no harm."""

from django.db import transaction
from django.utils import timezone

from moderation.crm.connectors._marks import plain
from moderation.crm.connectors.base import Connector
from moderation.crm.connectors.errors import AuthExpired, ConnectorError, Gone, RateLimited
from moderation.crm.locks import advisory_lock
from moderation.crm.models import Case, Connection
from moderation.crm.pacing import next_try
from moderation.crm.returning import apply, apply_status, break_link

PAGE, PAGES = 200, 20


def poll(connection: Connection) -> int:
    """Take over what changed since the last poll; answers how many changes were news. One process at a time."""
    with advisory_lock("crm.poll", connection.pk) as is_mine:
        if not is_mine or not connection.is_active or connection.is_open:
            return 0
        if not Case.objects.active().filter(connection=connection).exists():
            return 0
        connector = connection.connector()
        with connector.wire:
            try:
                return take_changes(connection, connector) + take_losses(connection, connector)
            except ConnectorError as error:
                note_failure(connection, error)
                return 0


def take_changes(connection: Connection, connector: Connector) -> int:
    """Page after page; the cursor is committed with what its page changed."""
    if not connector.capabilities().polls:
        return 0
    active = set(Case.objects.active().filter(connection=connection).values_list("remote_id", flat=True))
    connection.refresh_from_db(fields=["cursor"])
    news = 0
    for _page in range(PAGES):
        changes, cursor = connector.changes(connection.cursor, PAGE)
        with transaction.atomic():
            news += sum(apply(connection, change) for change in changes if change.case in active)
            is_last = cursor == connection.cursor or len(changes) < PAGE
            connection.cursor, connection.polled_at = cursor, timezone.now()
            connection.save(update_fields=["cursor", "polled_at"])
        if is_last:
            break
    connection.went_well()
    return news


def take_losses(connection: Connection, connector: Connector) -> int:
    """Cases that the CRM no longer has."""
    active = Case.objects.active().filter(connection=connection).order_by("pk")
    news, ids = 0, list(active.values_list("remote_id", flat=True))
    for start in range(0, len(ids), PAGE):
        gone = connector.missing(ids[start : start + PAGE])
        for case in active.filter(remote_id__in=gone):
            news += break_link(case, version=0)
    return news


def note_failure(connection: Connection, error: ConnectorError) -> None:
    """A poll that fails counts for the breaker, like a push."""
    now = timezone.now()
    if isinstance(error, AuthExpired):
        connection.pause(by=None, reason=str(error))
    elif isinstance(error, RateLimited):
        connection.hold(next_try(error, 3, now))
    else:
        connection.went_wrong(now)


def read_back(case: Case) -> None:
    """What the CRM holds of a case now, kept for the panel."""
    connector = case.connection.connector(timeout=5.0)
    with connector.wire:
        try:
            remote = connector.read_case(case.remote_id)
            notes = connector.notes(case.remote_id)
        except Gone:
            break_link(case, version=0)
            return
        except ConnectorError as error:
            case.holds = {**case.holds, "error": str(error)}
            case.read_at = timezone.now()
            case.save(update_fields=["holds", "read_at"])
            return
    case.holds = {
        "status": remote.status,
        **remote.fields,
        "notes": [
            {"author": note.author, "text": plain(note.note), "at": f"{note.at or ''}"}
            for note in notes
            if note.is_public
        ],
    }
    case.read_at = timezone.now()
    case.save(update_fields=["holds", "read_at"])
    if remote.status:
        apply_status(case, remote.status, remote.version)
