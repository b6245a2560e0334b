"""Pushing an item into the CRM: rows in the outbox, written with the decision, delivered by a job."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.crm.models import Case, CasePush, Connection, Erasure
from moderation.crm.models.remote import reference
from moderation.crm.payload import Entry, case_payload, contact_payload, entries_of
from moderation.crm.waking import wake
from moderation.identities.unity import main_of
from moderation.queue.models import Item

Kind = CasePush.Kind


@transaction.atomic
def push_item(item: Item, *, by: Person, sources: Iterable[str], connection: Connection | None = None) -> Case:
    """Tell the CRM of an item: its contact, its case, and the chosen entries. What was told already is not told again.

    Without any active connection it waits, visibly, for the first one.
    """
    seen = Item.objects.visible_to(by).filter(pk=item.pk)
    if not by.can(Capability.PUSH_TO_CRM, item.brand_slug) or not seen.exists():
        raise Refusal(_("You cannot push this to the CRM."), code="not_yours", status=403)
    connection = connection or Connection.objects.active().first()
    refuse_private(item, connection)
    refuse_erased(item.customer)
    case = open_case(item, connection, by)
    chosen, wanted, erased = [], set(sources), sources_of_erased(item)
    for entry in entries_of(item, private=bool(connection and connection.is_private_allowed)):
        if entry.source in wanted - erased and not case.pushes.filter(source=entry.source).exists():
            chosen.append(entry)
    enqueue_head(case)
    for entry in chosen:
        enqueue_entry(case, entry)
    told_contact_data = bool(connection and connection.sends_contact_data)
    record(
        Verb.CASE_PUSHED,
        actor=by,
        subject=item,
        case=case.pk,
        connection=connection.name if connection else "",
        entries=[entry.source for entry in chosen],
        contact_data=told_contact_data,
    )
    wake(case.pk)
    return case


def refuse_private(item: Item, connection: Connection | None) -> None:
    """A private conversation goes to connections that are marked private, and nowhere else."""
    if item.kind == Item.Kind.CONVERSATION and not (connection and connection.is_private_allowed):
        raise Refusal(
            _("This is a private conversation, and no CRM connection is marked for private messages."),
            code="not_private",
            status=422,
        )


def hand_over(case: Case, connection: Connection) -> None:
    """A case that waited for any connection is this one's. What is told first of the contact is what this one may know:
    without the address, somebody whom the CRM knows would become a new contact there.
    """
    case.connection = connection
    case.save(update_fields=["connection"])
    contact = contact_payload(case.contact, connection)
    case.pushes.filter(kind=Kind.CONTACT, state=CasePush.State.WAITING, tries=0).update(payload=contact)


def refuse_erased(person: Person) -> None:
    """Nothing is told of people who asked to be taken out of the CRM."""
    if Erasure.objects.hold_for(person.pk, main_of(person).pk):
        raise Refusal(
            _("%(who)s asked to be taken out of the CRM. Nothing more is told of them.") % {"who": person.username},
            code="erased",
        )


def sources_of_erased(item: Item) -> set[str]:
    """What was written here by people who asked to be taken out of the CRM."""
    erased = Erasure.objects.standing().values("person")
    posts = item.thread.all_posts.filter(author__in=erased).values_list("pk", flat=True) if item.thread_id else []
    return {f"post:{pk}" for pk in posts}


def open_case(item: Item, connection: Connection | None, by: Person) -> Case:
    """The item's case in this connection; one that waited for a connection is taken over."""
    waiting = Case.objects.filter(item=item, connection=None).first()
    if waiting and connection and not Case.objects.filter(item=item, connection=connection).exists():
        hand_over(waiting, connection)
    case, _is_new = Case.objects.get_or_create(
        item=item, connection=connection, defaults={"by": by, "customer": item.customer}
    )
    if case.broken_at:
        raise Refusal(_("The CRM no longer has this case. Mend the link first."), code="broken")
    return case


def enqueue_head(case: Case) -> None:
    """The contact and the case, when they are new or say something else than last time."""
    contact = contact_payload(case.contact, case.connection)
    contact_ref = reference("contact", case.contact.pk)
    enqueue_if_new(case, Kind.CONTACT, contact_ref, contact)
    enqueue_if_new(case, Kind.CASE, reference("case", case.pk), {**case_payload(case.item), "contact_ref": contact_ref})


def enqueue_if_new(case: Case, kind: str, ref: str, payload: dict[str, Any]) -> None:
    """Say it unless it was the last thing said of this kind."""
    last = case.pushes.filter(kind=kind).exclude(state=CasePush.State.SUPERSEDED).order_by("-sequence").first()
    if last is None or last.payload != payload:
        enqueue(case, kind, ref, payload)


def enqueue_entry(case: Case, entry: Entry) -> CasePush:
    """A timeline entry. Its reference is its own key."""
    return enqueue(case, Kind.NOTE, "", entry.payload(), source=entry.source)


@transaction.atomic
def enqueue(case: Case, kind: str, ref: str, payload: dict[str, Any], *, source: str = "", key: str = "") -> CasePush:
    """The next entry of a case's outbox. A newer status replaces an unsent one; notes are never left out."""
    Case.objects.select_for_update().get(pk=case.pk)
    sequence = (case.pushes.aggregate(last=Max("sequence"))["last"] or 0) + 1
    key = key or reference("event", f"{case.pk}-{sequence}")
    if kind == Kind.STATUS:
        older = case.pushes.filter(kind=Kind.STATUS, state=CasePush.State.WAITING)
        older.update(state=CasePush.State.SUPERSEDED, sent_at=timezone.now())
    fields = {"case": case, "sequence": sequence, "kind": kind, "ref": ref or key, "payload": payload, "source": source}
    return CasePush.objects.get_or_create(key=key, defaults=fields)[0]


@transaction.atomic
def push_status(case: Case, status: str, *, by: Person, version: int) -> CasePush:
    """Move the case in the CRM. The page was made when the CRM was at `version`; a later change there wins."""
    if not by.can(Capability.PUSH_TO_CRM, case.item.brand_slug):
        raise Refusal(_("You cannot push this to the CRM."), code="not_yours", status=403)
    if status not in Case.Status.values:
        raise Refusal(_("Choose a status."), code="no_status", status=422)
    if version != case.status_version:
        raise Refusal(_("The case moved on in the CRM meanwhile. Look again, then decide."), code="stale")
    push = enqueue(case, Kind.STATUS, reference("case", case.pk), {"status": status, "version": version})
    record(Verb.CASE_PUSHED, actor=by, subject=case.item, case=case.pk, status=status)
    wake(case.pk)
    return push
