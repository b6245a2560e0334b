"""What would be told, and what would change over there, before anything is: a report, made by looking only."""

from typing import Any

from django.utils import timezone

from community.people.contacting import masked_address
from community.people.models import Person
from moderation.crm.connectors.base import Connector
from moderation.crm.connectors.errors import ConnectorError
from moderation.crm.matching import allowed, candidates_for
from moderation.crm.models import Case, CasePush, Connection, RemoteRef
from moderation.crm.models.remote import reference
from moderation.crm.payload import contact_payload
from moderation.identities.unity import main_of

MOST, SHOWN = 500, 100


def preview(connection: Connection) -> dict[str, Any]:
    """Keep and return the report. Nothing is written over there, and nothing that waits is told."""
    waiting = CasePush.objects.unsettled().filter(case__in=would_go(connection))
    cases = Case.objects.filter(pushes__in=waiting).distinct()
    report: dict[str, Any] = {
        "at": timezone.now().isoformat(),
        "cases": cases.filter(remote_id="").count(),
        "entries": waiting.filter(kind=CasePush.Kind.NOTE).count(),
        "counts": {"new": 0, "linked": 0, "several": 0, "known": 0},
        "contacts": [],
    }
    people = Person.objects.filter(pk__in=cases.values("customer")).order_by("pk")[:MOST]
    connector = connection.connector(timeout=10.0)
    with connector.wire:
        try:
            for person in dict.fromkeys(map(main_of, people)):
                told = contact_of(person, connection, connector)
                report["counts"][told["what"]] += 1
                report["contacts"] = [*report["contacts"], told][:SHOWN]
        except ConnectorError as error:
            report["error"] = str(error)
    Connection.objects.filter(pk=connection.pk).update(preview=report)
    return report


def would_go(connection: Connection) -> Any:
    """Cases of this connection, and those that wait for any."""
    return Case.objects.filter(connection=connection) | Case.objects.filter(connection=None)


def contact_of(person: Person, connection: Connection, connector: Connector) -> dict[str, Any]:
    """What would become of one customer: known, new, linked with what changes, or a question for a person."""
    row: dict[str, Any] = {"person": person.username, "changes": []}
    ref = reference("contact", person.pk)
    if RemoteRef.objects.filter(connection=connection, kind="contact", ref=ref).exists():
        return {**row, "what": "known"}
    data = {**contact_payload(person, connection), "key": ref}
    found = candidates_for(person, connection, connector, str(data.get("email") or ""))
    if len(found) != 1:
        return {**row, "what": "several" if found else "new", "contact": ", ".join(each.id for each in found)}
    change = allowed(connection, found[0], data) or {}
    theirs = found[0].fields
    changes = [
        {"field": field, "before": shown(field, theirs.get(field)), "after": shown(field, change[field])}
        for field in ("name", "email")
        if field in change and change[field] != (theirs.get(field) or "")
    ]
    return {**row, "what": "linked", "contact": found[0].id, "changes": changes}


def shown(field: str, value: Any) -> str:
    """A value for the page; addresses are masked."""
    return masked_address(str(value or "")) if field == "email" and value else str(value or "")
