"""An entry was said: the mapping, the case and the outbox learn of it in one transaction."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from moderation.crm.connectors.base import Remote
from moderation.crm.connectors.errors import Invalid
from moderation.crm.erasing import erased_here
from moderation.crm.models import Case, CasePush, Connection, RemoteRef
from moderation.crm.payload import digest
from moderation.crm.returning import apply_status

Kind = CasePush.Kind
REF_KIND = {Kind.CONTACT: "contact", Kind.CASE: "case", Kind.NOTE: "note", Kind.TOMBSTONE: "note"}


@transaction.atomic
def settle(push: CasePush, connection: Connection, remote: Remote) -> None:
    """Write down that it is there."""
    kind = REF_KIND.get(Kind(push.kind))
    if kind:
        remember(push, connection, remote, kind)
    if push.kind == Kind.CASE:
        link(push.case, remote)
    if push.kind in {Kind.CASE, Kind.STATUS} and remote.status:
        apply_status(push.case, remote.status, remote.version)
    if push.kind == Kind.ERASE:
        erased_here(push, remote)
    push.state, push.error, push.sent_at = CasePush.State.SENT, "", timezone.now()
    push.save(update_fields=["state", "error", "sent_at"])


def remember(push: CasePush, connection: Connection, remote: Remote, kind: str) -> None:
    """Our reference and their id are the same thing."""
    fields = {
        "remote_id": remote.id,
        "version": remote.version,
        "url": remote.url[:500],
        "digest": digest(push.payload),
        "case": push.case,
        "source": push.source,
    }
    try:
        with transaction.atomic():
            RemoteRef.objects.update_or_create(connection=connection, kind=kind, ref=push.ref, defaults=fields)
    except IntegrityError as error:
        raise Invalid(f"The CRM's {kind} {remote.id} belongs to another record of ours already.") from error


def link(case: Case, remote: Remote) -> None:
    """The case is in the CRM."""
    is_new = not case.remote_id
    case.remote_id, case.url = remote.id, remote.url[:500]
    case.status = case.status or Case.Status.NEW
    case.save(update_fields=["remote_id", "url", "status"])
    if is_new:
        record(Verb.CASE_LINKED, actor=None, subject=case.item, case=case.pk)
