"""What comes back from the CRM: status, public comments, and records that are gone. Each in order, each once."""

from django.db import transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.refusals import Refusal
from forums.threads.models import Thread
from forums.threads.replying import comment
from moderation.crm.connectors._marks import is_ours
from moderation.crm.connectors.base import Change
from moderation.crm.models import Case, CaseComment, Connection


def apply(connection: Connection, change: Change) -> bool:
    """Take over one change; False when it is about nothing of ours, is late, or says nothing new."""
    case = Case.objects.filter(connection=connection, remote_id=change.case).select_related("item").first()
    if case is None:
        return False
    if change.is_deleted:
        return break_link(case, version=change.version)
    is_news = bool(change.status) and apply_status(case, change.status, change.version)
    return (bool(change.note) and apply_comment(case, change)) or is_news


@transaction.atomic
def apply_status(case: Case, status: str, version: int) -> bool:
    """The CRM owns the status. An older version than the one we have changes nothing."""
    row = Case.objects.select_for_update().get(pk=case.pk)
    if version < row.status_version or (version == row.status_version and status == row.status):
        return False
    before, row.status, row.status_version = row.status, status, version
    row.save(update_fields=["status", "status_version"])
    case.status, case.status_version = status, version
    if before == status:
        return False
    row.item.touch()  # whoever is writing at this moment is told (409) before they decide on what is past
    show_on_thread(row)
    record(
        Verb.CASE_STATUS_CHANGED,
        actor=None,
        subject=row.item,
        case=row.pk,
        status=status,
        before=before,
        version=version,
    )
    return True


def show_on_thread(case: Case) -> None:
    """A public thread says where its case stands. A private conversation's status stays on its own page."""
    thread: Thread | None = case.item.thread
    if thread is not None and case.sentence:
        thread.post_notice("case_status", case.sentence, by=None)


@transaction.atomic
def apply_comment(case: Case, change: Change) -> bool:
    """A public comment appears; an internal one is not kept, and one made internal later is forgotten."""
    if is_ours(change.note):
        return False
    if not change.is_public:
        return bool(CaseComment.objects.filter(case=case, remote_id=change.id).delete()[0])
    row, is_new = CaseComment.objects.get_or_create(
        case=case,
        remote_id=change.id,
        defaults={"author": change.author, "text": change.note, "version": change.version},
    )
    if is_new:
        publish(row)
        case.item.touch()
    elif change.version > row.version and row.text != change.note:
        row.text, row.version = change.note, change.version
        row.save(update_fields=["text", "version"])
    return is_new


def publish(row: CaseComment) -> None:
    """Show a comment below the opening in the name of the connection's spokesperson, if the gate agrees."""
    speaker, thread = row.case.connection.spokesperson, row.case.item.thread
    if speaker is None or thread is None:
        return
    try:
        with transaction.atomic():
            opening = thread.posts.get(kind="opening")
            row.post = comment(opening, by=speaker, source=row.text, as_staff=True, where="crm")
    except Refusal as refusal:
        row.held_back = str(refusal)[:300]
    row.save(update_fields=["post", "held_back"])


@transaction.atomic
def break_link(case: Case, *, version: int) -> bool:
    """The CRM no longer has the case: nothing more is pushed, the item comes back to the desk, supervisors are told."""
    row = Case.objects.select_for_update().get(pk=case.pk)
    if row.broken_at:
        return False
    row.broken_at = case.broken_at = timezone.now()
    row.save(update_fields=["broken_at"])
    row.item.reopen(by=None, reason="crm_link_broken")
    row.item.touch()
    record(Verb.CASE_LINK_BROKEN, actor=None, subject=row.item, case=row.pk, remote=row.remote_id, version=version)
    return True
