"""The jobs of the outbox. Each is only a reminder: what is to be done stands in the rows."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from moderation.crm.adopting import adopt
from moderation.crm.delivering import deliver
from moderation.crm.inbound import apply_message
from moderation.crm.models import Case, CasePush, Connection, HookMessage
from moderation.crm.polling import poll, read_back
from moderation.crm.previewing import preview
from moderation.crm.reconciling import reconcile
from moderation.crm.trying import try_fields
from moderation.crm.waking import remind

LOST_AFTER = timedelta(seconds=90)
KEPT_FOR = timedelta(days=30)


@app.task(queue="crm", name="moderation.crm.tasks.deliver_case")
def deliver_case(case_id: int) -> None:
    """See to one case's outbox."""
    deliver(case_id)


@app.task(queue="crm", name="moderation.crm.tasks.begin_connection")
def begin_connection(connection_id: int) -> None:
    """A connection is there, or there again: take over what waited for one, and go on."""
    connection = Connection.objects.filter(pk=connection_id).first()
    if connection and connection.is_active:
        adopt(connection)


@app.task(queue="crm", name="moderation.crm.tasks.read_case")
def read_case(case_id: int) -> None:
    """Read back what the CRM holds."""
    case = Case.objects.select_related("connection", "item").filter(pk=case_id).exclude(remote_id="").first()
    if case and case.connection and case.connection.is_active and case.is_stale:
        read_back(case)


@app.task(queue="crm", name="moderation.crm.tasks.take_message")
def take_message(message_id: int) -> None:
    """Apply one signed message."""
    message = HookMessage.objects.select_related("connection").filter(pk=message_id).first()
    if message:
        apply_message(message)


@app.task(queue="crm", name="moderation.crm.tasks.check_connection")
def check_connection(connection_id: int) -> None:
    """Try the connection, for the set-up page."""
    connection = Connection.objects.filter(pk=connection_id).first()
    if connection:
        connection.check_now()


@app.task(queue="crm", name="moderation.crm.tasks.preview_connection")
def preview_connection(connection_id: int) -> None:
    """Look what would be told, and change nothing."""
    connection = Connection.objects.filter(pk=connection_id).first()
    if connection:
        preview(connection)


@app.task(queue="crm", name="moderation.crm.tasks.try_fields_of")
def try_fields_of(connection_id: int) -> None:
    """Look what a mapping of fields would write, and change nothing."""
    connection = Connection.objects.filter(pk=connection_id).first()
    if connection and connection.trial.get("is_asked"):
        try_fields(connection)


@app.task(queue="crm", name="moderation.crm.tasks.reconcile_connection")
def reconcile_connection(connection_id: int, dry_run: bool = True) -> None:
    """Compare our side with theirs."""
    connection = Connection.objects.filter(pk=connection_id).first()
    if connection:
        reconcile(connection, dry_run=dry_run)


@app.periodic(cron="* * * * *")
@app.task(queue="crm", queueing_lock="crm.sweep", name="moderation.crm.tasks.sweep")
def sweep(timestamp: int) -> None:
    """Wake cases whose job was lost with its worker, and messages that nobody applied."""
    late = timezone.now() - LOST_AFTER
    lost = CasePush.objects.unsettled().filter(next_at__lt=late, case__connection__state="active", case__broken_at=None)
    for case_id in set(lost.values_list("case_id", flat=True)[:2000]):
        remind(case_id, "lost")
    waiting = HookMessage.objects.filter(state=HookMessage.State.WAITING, created_at__lt=late)
    for message_id in waiting.values_list("pk", flat=True)[:500]:
        take_message.defer(message_id=message_id)
    HookMessage.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()


@app.periodic(cron="* * * * *")
@app.task(queue="crm", queueing_lock="crm.poll", name="moderation.crm.tasks.poll_connections")
def poll_connections(timestamp: int) -> None:
    """Ask every CRM what changed."""
    for connection in Connection.objects.active():
        poll(connection)


@app.periodic(cron="20 3 * * *")
@app.task(queue="crm", queueing_lock="crm.reconcile", name="moderation.crm.tasks.reconcile_nightly")
def reconcile_nightly(timestamp: int) -> None:
    """Every night: only a report. Repair is somebody's decision."""
    for connection in Connection.objects.active():
        reconcile(connection, dry_run=True)
