"""Taking a person out of every CRM that was told of them: a push and a receipt for each record."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from forums.threads.models import Post
from moderation.crm.connectors.base import Remote
from moderation.crm.models import Attempt, Case, CasePush, Erasure, Receipt, RemoteRef
from moderation.crm.models.remote import reference
from moderation.crm.pushing import enqueue
from moderation.crm.waking import wake

ORDER = {"note": 0, "case": 1, "contact": 2}
"""What belongs to a record is erased before it."""


@transaction.atomic
def forget(person: Person, *, by: Person, reason: str = "") -> Erasure:
    """Erase a person in every CRM that was told of them, and tell none anything more. Asked twice, done once."""
    if by.pk != person.pk:
        if not by.can(Capability.CONNECT_CRM):
            raise Refusal(_("Only administrators ask for somebody else."), code="not_yours", status=403)
        if not reason.strip():
            raise Refusal(_("Say where the wish comes from: a letter, a request, a date."), code="reason", status=422)
    erasure, is_new = Erasure.objects.get_or_create(
        person=person, withdrawn_at=None, defaults={"by": by, "reason": reason.strip()[:300]}
    )
    if is_new:
        record(Verb.ERASURE_ASKED, actor=by, subject=person, erasure=erasure.pk)
    stop_telling(person)
    told = sorted(told_of(person), key=lambda row: (ORDER.get(row.kind, 0), row.pk))
    for row in told:
        push = enqueue(row.case, CasePush.Kind.ERASE, row.ref, {"kind": row.kind}, key=reference("erase", row.pk))
        facts = {"erasure": erasure, "connection": row.connection, "kind": row.kind, "remote_id": row.remote_id}
        Receipt.objects.get_or_create(push=push, defaults=facts)
    for case_id in {row.case_id for row in told}:
        wake(case_id)
    return erasure


def told_of(person: Person) -> list[RemoteRef]:
    """Every record that is about this person: their contact and cases, and what they wrote in others' cases."""
    theirs = [f"post:{pk}" for pk in Post.objects.filter(author=person).values_list("pk", flat=True)]
    cases = Q(case__customer=person) & ~Q(kind="contact")
    contact = Q(kind="contact", ref=reference("contact", person.pk))  # it may stand for several accounts' cases
    rows = RemoteRef.objects.filter(cases | contact | Q(kind="note", source__in=theirs), case__isnull=False)
    return list(rows.select_related("case", "connection"))


def stop_telling(person: Person) -> None:
    """What was not said yet is not said any more."""
    waiting = CasePush.objects.unsettled().filter(case__customer=person).exclude(kind=CasePush.Kind.ERASE)
    waiting.update(state=CasePush.State.SUPERSEDED, sent_at=timezone.now())


def erased_here(push: CasePush, remote: Remote) -> None:
    """The CRM has erased a record: our copy of what was told goes too, and the receipt says so."""
    case = push.case
    RemoteRef.objects.filter(connection=case.connection, ref=push.ref, kind=push.payload.get("kind", "")).delete()
    told = case.pushes.filter(ref=push.ref).exclude(pk=push.pk)
    Attempt.objects.filter(push__in=told).exclude(detail="").update(detail="")
    told.update(payload={"is_erased": True}, error="")
    if push.payload.get("kind") == "case":
        case.comments.all().delete()
        Case.objects.filter(pk=case.pk).update(remote_id="", url="", holds={})
    receipt = Receipt.objects.filter(push=push, answered_at=None).select_related("erasure__person").first()
    if receipt:
        receipt.answered(Receipt.Answer.GONE if remote.fields.get("is_gone") else Receipt.Answer.ERASED)
