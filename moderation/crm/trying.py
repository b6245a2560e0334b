"""A mapping of fields tried on real records: what would be written into each, by looking only."""

from typing import Any

from django.utils import timezone

from community.people.contacting import masked_address
from moderation.crm.connectors._fields import paths_in
from moderation.crm.connectors.base import Connector
from moderation.crm.connectors.errors import ConnectorError, Gone
from moderation.crm.filling import Filled, planned
from moderation.crm.models import Case, Connection, RemoteRef
from moderation.crm.models.remote import reference
from moderation.crm.payload import case_payload, contact_payload

MOST, SHOWN = 200, 20
KINDS = ("contact", "case")


def try_fields(connection: Connection) -> dict[str, Any]:
    """Keep and return what the draft in `trial` would write: into one case and its contact, or into all of them."""
    draft = dict(connection.trial)
    report: dict[str, Any] = {"records": 0, "gone": 0, "would": 0, "kept": 0, "same": 0, "rows": [], "ways": {}}
    connector = connection.connector(timeout=10.0)
    with connector.wire:
        try:
            for kind in KINDS:
                for ref in refs_of(connection, kind, draft.get("case", 0)):
                    look(ref, connection, connector, draft, report)
        except ConnectorError as error:
            report["error"] = str(error)
    report["strange"] = strange(draft["paths"], report["ways"])
    trial = {**draft, "is_asked": False, "at": timezone.now().isoformat(), "report": report}
    Connection.objects.filter(pk=connection.pk).update(trial=trial)
    return report


def refs_of(connection: Connection, kind: str, case: int) -> Any:
    """The records of one case, or the newest of all that the CRM was told."""
    rows = RemoteRef.objects.filter(connection=connection, kind=kind, case__isnull=False)
    if case:
        chosen = Case.objects.select_related("customer").get(pk=case)
        ref = reference(kind, chosen.contact.pk if kind == "contact" else case)
        rows = rows.filter(ref=ref)
    return rows.select_related("case__item", "case__customer").order_by("-pk")[:MOST]


def look(ref: RemoteRef, connection: Connection, connector: Connector, draft: Any, report: dict[str, Any]) -> None:
    """What would become of one record."""
    case = ref.case
    report["records"] += 1
    try:
        there = connector.whole(ref.kind, ref.remote_id)  # type: ignore[arg-type]
    except Gone:
        report["gone"] += 1
        return
    report["ways"].setdefault(ref.kind, sorted(paths_in(there))[:300])
    data = contact_payload(case.contact, connection) if ref.kind == "contact" else case_payload(case.item)
    for row in planned(draft["paths"], draft["modes"], ref.kind, data, there):
        counted = row.what if row.what in {"kept", "same"} else "would"
        report[counted] += 1
        if len(report["rows"]) < SHOWN:
            who = case.contact.username if ref.kind == "contact" else data["title"]
            report["rows"].append({"record": who, "url": ref.url, **told(row)})


def told(row: Filled) -> dict[str, str]:
    """One field for the page; addresses are masked."""
    before, after = (masked_address(text) if "@" in text else text[:200] for text in (row.before, row.after))
    return {"value": row.ours.key, "field": row.path, "before": before, "after": after, "what": row.what}


def strange(paths: dict[str, str], ways: dict[str, list[str]]) -> list[str]:
    """Paths that no record has: most likely a slip of the pen."""
    told = {(key.partition("_")[0], path) for key, path in paths.items()}
    return sorted({path for kind, path in told if kind in ways and path not in ways[kind]})
