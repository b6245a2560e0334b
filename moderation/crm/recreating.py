"""Saying again what the CRM has lost."""

from django.db import transaction

from moderation.crm.filling import FINISHED
from moderation.crm.models import Case, CasePush, Connection, Erasure, RemoteRef
from moderation.crm.models.remote import reference
from moderation.crm.payload import case_payload, contact_payload
from moderation.crm.pushing import enqueue
from moderation.crm.waking import wake

Kind = CasePush.Kind
NOTES = (Kind.NOTE, Kind.TOMBSTONE)


@transaction.atomic
def say_head_again(case: Case, kind: str) -> None:
    """The contact or the case as it should be now, whatever was said last."""
    contact_ref = reference("contact", case.contact.pk)
    if kind == "contact":
        enqueue(case, Kind.CONTACT, contact_ref, contact_payload(case.contact, case.connection))
    else:
        payload = {**case_payload(case.item), "contact_ref": contact_ref}
        enqueue(case, Kind.CASE, reference("case", case.pk), payload)
    wake(case.pk)


@transaction.atomic
def say_fields_again(connection: Connection) -> int:
    """Contact and case of every open case, so that their fields follow a new mapping. Answers how many cases."""
    there = Case.objects.filter(connection=connection, broken_at=None).exclude(remote_id="")
    cases = list(there.exclude(status__in=FINISHED).select_related("item", "customer", "connection"))
    cases = [case for case in cases if not Erasure.objects.hold_for(case.customer_id, case.contact.pk)]
    for case in cases:
        say_head_again(case, "contact")
        say_head_again(case, "case")
    return len(cases)


@transaction.atomic
def say_note_again(case: Case, ref: str) -> None:
    """A timeline entry in its last wording, under its own reference."""
    last = case.pushes.filter(ref=ref, kind__in=NOTES).order_by("-sequence").first()
    if last is not None:
        RemoteRef.objects.filter(connection=case.connection, kind="note", ref=ref).delete()
        enqueue(case, last.kind, ref, last.payload, source=last.source)
        wake(case.pk)


@transaction.atomic
def create_again(case: Case) -> None:
    """The case was deleted over there: make it anew, with its whole timeline."""
    refs = case.pushes.filter(kind__in=NOTES, state=CasePush.State.SENT).order_by("sequence")
    notes = list(dict.fromkeys(refs.values_list("ref", flat=True)))
    RemoteRef.objects.filter(connection=case.connection, kind="case", case=case).delete()
    Case.objects.filter(pk=case.pk).update(remote_id="", url="", broken_at=None, holds={}, status="", status_version=0)
    case.refresh_from_db()
    say_head_again(case, "contact")
    say_head_again(case, "case")
    for ref in notes:
        say_note_again(case, ref)
