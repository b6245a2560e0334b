"""Comparing our side with theirs: what is missing, double or different there. With a dry run it only tells."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from moderation.crm.connectors.base import Connector, Remote
from moderation.crm.connectors.errors import ConnectorError, Gone
from moderation.crm.matching import is_linked
from moderation.crm.models import CasePush, Connection, RemoteRef
from moderation.crm.payload import case_payload, contact_payload, digest
from moderation.crm.recreating import create_again, say_head_again, say_note_again
from moderation.crm.returning import apply_status

PAGE, SHOWN = 200, 200
Finding = dict[str, Any]


def reconcile(connection: Connection, *, dry_run: bool) -> dict[str, Any]:
    """Walk everything that is mapped; keep and return the report. After a repair, the next run finds nothing."""
    report: dict[str, Any] = {"at": timezone.now().isoformat(), "dry_run": dry_run, "checked": 0, "repaired": 0}
    found: dict[str, list[Finding]] = defaultdict(list)
    connector = connection.connector()
    with connector.wire:
        if not connector.capabilities().finds:
            report["error"] = "This CRM offers no way to look records up."
        else:
            try:
                compare_all(connection, connector, report, found, dry_run)
            except ConnectorError as error:
                report["error"] = str(error)
    for name in ("missing", "duplicate", "drifted"):
        report[f"{name}_count"], report[name] = len(found[name]), found[name][:SHOWN]
    connection.report = report
    connection.save(update_fields=["report"])
    return report


def compare_all(
    connection: Connection, connector: Connector, report: dict[str, Any], found: dict[str, list[Finding]], dry_run: bool
) -> None:
    """Every mapping, cases first, so that a lost case is made anew with its notes only once."""
    anew: set[int] = set()
    for kind in ("case", "contact", "note"):
        for row in mapped(connection, kind):
            if row.case_id in anew or is_busy(row):
                continue
            report["checked"] += 1
            finding = compare(row, connector)
            if finding is None:
                continue
            found[finding["what"]].append({**finding, "kind": kind, "source": row.source, "item": row.case.item_id})
            if not dry_run:
                repair(row, finding, connector)
                report["repaired"] += 1
                if kind == "case" and finding["what"] == "missing":
                    anew.add(row.case_id)


def mapped(connection: Connection, kind: str) -> Iterator[RemoteRef]:
    """The mappings of one kind, page by page."""
    last = 0
    rows = RemoteRef.objects.filter(connection=connection, kind=kind, case__isnull=False).order_by("pk")
    while page := list(rows.filter(pk__gt=last).select_related("case__item", "case__customer", "connection")[:PAGE]):
        yield from (row for row in page if kind != "contact" or row.ref == contact_ref(row))  # not merged away
        last = page[-1].pk


def is_busy(row: RemoteRef) -> bool:
    """Something about it is on its way, so it may differ for a moment."""
    return CasePush.objects.unsettled().filter(case__connection=row.connection_id, ref=row.ref).exists()


def compare(row: RemoteRef, connector: Connector) -> Finding | None:
    """What is wrong with one record over there, or None."""
    try:
        if row.kind == "contact" and is_linked(row.connection, row.case.contact, row.remote_id):
            connector.read_contact(row.remote_id)
            return None  # it is there, and what it says is the CRM's own affair
        there = connector.find(row.kind, row.ref, row.case.remote_id)  # type: ignore[arg-type]
    except Gone:
        there = []
    mine = next((remote for remote in there if remote.id == row.remote_id), None)
    if mine is None:
        return {"what": "missing", "remote": row.remote_id}
    if len(there) > 1:
        return {"what": "duplicate", "remote": [remote.id for remote in there if remote.id != row.remote_id]}
    differs = drift(row, mine)
    return (
        {"what": "drifted", "remote": row.remote_id, "field": differs, "status": mine.status, "version": mine.version}
        if differs
        else None
    )


def drift(row: RemoteRef, mine: Remote) -> str:
    """The first thing that differs, or nothing. Erased records may differ."""
    case = row.case
    if CasePush.objects.filter(kind="erase", ref=row.ref).exists():
        return ""
    if row.kind == "note":
        return "text" if 0 < mine.version < row.version else ""
    if row.kind == "case" and mine.status and mine.status != case.status:
        return "status"
    if row.kind == "case" and mine.status in {"solved", "closed"}:
        return ""  # finished: what it says is the CRM's own history
    payload = contact_payload(case.contact, case.connection) if row.kind == "contact" else case_payload(case.item)
    field = "name" if row.kind == "contact" else "title"
    if field in mine.fields and mine.fields[field] != payload[field]:
        return field
    told = payload if row.kind == "contact" else {**payload, "contact_ref": contact_ref(row)}
    return "text" if row.digest and row.digest != digest(told) else ""


def contact_ref(row: RemoteRef) -> str:
    """The contact's reference beside this case's."""
    return f"{row.ref.split(':', 1)[0]}:contact:{row.case.contact.pk}"


def repair(row: RemoteRef, finding: Finding, connector: Connector) -> None:
    """Make it right: the CRM wins about the status, we win about our own words."""
    what = finding["what"]
    if what == "duplicate":
        for record in finding["remote"]:
            connector.discard(row.kind, record)  # type: ignore[arg-type]
    elif what == "missing" and row.kind == "case":
        create_again(row.case)
    elif row.kind == "note":
        say_note_again(row.case, row.ref)
    elif finding.get("field") == "status":
        apply_status(row.case, finding["status"], max(finding["version"], row.case.status_version))
    else:
        say_head_again(row.case, row.kind)
