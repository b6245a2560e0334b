"""Before a contact is made: does the CRM know somebody of this address? One is linked, several wait for a person."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from moderation.crm.connectors.base import Connector, Remote
from moderation.crm.connectors.errors import Conflict, ConnectorError
from moderation.crm.models import Connection, Match, RemoteRef

MOST = 20


class Undecided(ConnectorError):
    """Several contacts may be this customer: nothing is said until somebody has decided."""


def contact_of(person: Person, connection: Connection, connector: Connector, data: dict[str, Any]) -> str:
    """The CRM's own contact that this customer is; empty when a new one is to be made. Raises Undecided.

    Only a mail address that the customer has confirmed is looked for, and only where the CRM may be told it.
    """
    match = Match.objects.filter(connection=connection, person=person).first()
    if match is None:
        match = look(person, connection, connector, str(data.get("email") or ""))
    if match is None:
        return ""
    if match.is_undecided:
        raise Undecided("Several contacts of the CRM have this customer's address. Somebody decides which one it is.")
    return match.linked


def look(person: Person, connection: Connection, connector: Connector, email: str) -> Match | None:
    """Ask the CRM, and keep what it said: nothing for nobody, a link for one, a question for several."""
    found = candidates_for(person, connection, connector, email)
    return keep(person, connection, found) if found else None


def candidates_for(person: Person, connection: Connection, connector: Connector, email: str) -> list[Remote]:
    """The CRM's contacts of this confirmed address that are not another customer of ours."""
    mine = EmailAddress.objects.filter(user=person, email__iexact=email, verified=True)
    found = connector.find_contacts(email)[:MOST] if email and mine.exists() else []
    ours = RemoteRef.objects.filter(connection=connection, kind="contact", remote_id__in=[each.id for each in found])
    taken = set(ours.values_list("remote_id", flat=True))
    return [each for each in found if each.id not in taken]


@transaction.atomic
def keep(person: Person, connection: Connection, found: list[Remote]) -> Match:
    """The match as a row. A single contact of the same confirmed address is the customer."""
    candidates = [{"id": each.id, "url": each.url, **each.fields} for each in found]
    chosen = found[0].id if len(found) == 1 else ""
    match, is_new = Match.objects.get_or_create(
        connection=connection, person=person, defaults={"candidates": candidates, "chosen": chosen}
    )
    if is_new:
        verb = Verb.CONTACT_MATCHED if chosen else Verb.CONTACT_AMBIGUOUS
        record(verb, actor=None, subject=match, contact=chosen, candidates=len(found))
    return match


def is_linked(connection: Connection, person: Person, contact: str) -> bool:
    """Whether this contact was the CRM's before it was ours."""
    return bool(contact) and Match.objects.filter(connection=connection, person=person, chosen=contact).exists()


def allowed(connection: Connection, theirs: Remote, data: dict[str, Any]) -> dict[str, Any] | None:
    """What may be written into a contact that the CRM had before us, by the connection's mode for each field.

    None when nothing of theirs is to be changed: a lead belongs to sales, whatever the modes say. A name is always
    there, for no CRM takes a contact without.
    """
    if theirs.fields.get("is_lead"):
        return None
    change: dict[str, Any] = {}
    for field in ("name", "email"):
        mode, mine, there = connection.mode_of(field), data.get(field), theirs.fields.get(field) or ""
        if (
            mine
            and mine != there
            and (mode == Connection.Mode.OVERWRITE or (mode == Connection.Mode.FILL and not there))
        ):
            change[field] = mine
    if not change:
        return None
    return {"key": data["key"], "name": change.get("name") or theirs.fields.get("name") or data["name"], **change}


def refuse_foreign_erasure(connection: Connection, person: Person, contact: str) -> None:
    """A contact that the CRM had before us is not ours to erase: the receipt says so, and somebody sees to it there."""
    if is_linked(connection, person, contact):
        raise Conflict("This contact was in the CRM before the community: erase it there.", permanent=True)
