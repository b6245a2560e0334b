"""HubSpot's records as rows: making, reading and searching them, told in the words of the contract."""

import html
from collections.abc import Mapping
from typing import Any

from moderation.crm.connectors._fields import nested
from moderation.crm.connectors._rest import Rest, entries, version_at
from moderation.crm.connectors.base import Change, RefKind, Remote
from moderation.crm.connectors.errors import Conflict, ConnectorError, Gone, Invalid, RateLimited

REF, PUBLIC = "porchlight_ref", "porchlight_public"
OBJECTS = {"contact": "contacts", "case": "tickets", "note": "notes"}
FIELDS = {
    "contact": ["firstname", "email", "lifecyclestage", REF],
    "case": ["subject", "hs_pipeline_stage", "hs_lastmodifieddate", REF],
    "note": ["hs_note_body", "hs_timestamp", "hs_lastmodifieddate", "porchlight_version", PUBLIC, REF],
}
TIES = {"case": 16, "note": 228}
"""HubSpot's own numbers: the contact of a ticket, the ticket of a note."""
LEADS = {"subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead"}
"""The stages of a life with HubSpot in which a contact is no customer yet."""
UNTIL_TOMORROW = 3600.0


class Records(Rest):
    """What the connector knows about contacts, tickets and notes."""

    def proof(self, session: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secrets.get('token', '')}"}

    def understand(self, status: int, content: bytes) -> ConnectorError | None:
        """A daily limit says so in its body: there is no sense in trying again within the minute."""
        if status == 429 and b"DAILY" in content:
            return RateLimited("HubSpot's calls of this day are used up.", UNTIL_TOMORROW)
        return None

    def _upsert(self, kind: RefKind, ref: str, values: dict[str, Any], known: str) -> Remote:
        """By our reference, which HubSpot keeps unique; a record that we know by its number must still be there."""
        if known:
            answer = self.call("PATCH", f"/crm/v3/objects/{OBJECTS[kind]}/{number(known)}", {"properties": values})
            return self._remote(kind, answer)
        entry = {"id": ref, "idProperty": REF, "properties": {**values, REF: ref}}
        answer = self.call("POST", f"/crm/v3/objects/{OBJECTS[kind]}/batch/upsert", {"inputs": [entry]})
        if isinstance(answer, dict) and answer.get("errors"):  # 207: a batch answers for each entry
            raise refused(answer["errors"][0])
        return self._remote(kind, one(entries(answer, "results")))

    def _under(
        self, kind: RefKind, ref: str, values: dict[str, Any], fresh: dict[str, Any], above: str, known: str
    ) -> Remote:
        """A ticket of a contact, known, found or new."""
        there = known or next((found.id for found in self.find(kind, ref)), "")
        if there:
            return self._upsert(kind, ref, values, there)
        return self._made(kind, ref, {**values, **fresh}, above)

    def _made(self, kind: RefKind, ref: str, values: dict[str, Any], above: str) -> Remote:
        """A new ticket or note, with its tie in one call, so that none is without it."""
        types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": TIES[kind]}]
        body = {"properties": {**values, REF: ref}, "associations": [{"to": {"id": above}, "types": types}]}
        return self._remote(kind, self.call("POST", f"/crm/v3/objects/{OBJECTS[kind]}", body))

    def _hang_below(self, case: str, contact: str) -> None:
        """A ticket goes to this contact. Other contacts of ours leave it; whom people there put beside it stays."""
        way = f"/crm/v4/objects/tickets/{number(case)}/associations"
        there = [str(row["toObjectId"]) for row in entries(self.call("GET", f"{way}/contacts"), "results")]
        if contact in there:
            return
        self.call("PUT", f"{way}/default/contacts/{number(contact)}")
        ours = [row["id"] for row in self._read("contact", there) if row["properties"].get(REF)] if there else []
        for other in ours:
            self.call("DELETE", f"{way}/contacts/{number(other)}")

    def _read(self, kind: RefKind, ids: list[str], by: str = "") -> list[dict[str, Any]]:
        body: dict[str, Any] = {"inputs": [{"id": each} for each in ids], "properties": FIELDS[kind]}
        if by:
            body["idProperty"] = by
        answer = self.call("POST", f"/crm/v3/objects/{OBJECTS[kind]}/batch/read", body, is_write=False)
        return sorted(entries(answer, "results"), key=lambda row: int(row["id"]))

    def whole(self, kind: RefKind, record: str) -> dict[str, Any]:
        """With the properties that a company made itself: HubSpot tells only those that are asked for."""
        there = entries(self.call("GET", f"/crm/v3/properties/{OBJECTS[kind]}"), "results")
        return dict(self._all_of(kind, record, [str(row["name"]) for row in there])["properties"])

    def set_fields(self, kind: RefKind, record: str, fields: Mapping[str, str]) -> Remote:
        self._upsert(kind, "", nested(fields), record)
        return self.read_case(record) if kind == "case" else self.read_contact(record)

    def _all_of(self, kind: RefKind, record: str, names: list[str]) -> dict[str, Any]:
        body = {"inputs": [{"id": str(number(record))}], "properties": names}
        rows = entries(
            self.call("POST", f"/crm/v3/objects/{OBJECTS[kind]}/batch/read", body, is_write=False), "results"
        )
        if not rows:
            raise Gone("The record is gone from HubSpot.")
        return rows[0]

    def _since(self, objects: str, kind: RefKind, start: int, limit: int, only: dict[str, str]) -> list[dict[str, Any]]:
        after = {"propertyName": "hs_lastmodifieddate", "operator": "GTE", "value": str(start)}
        body = {
            "filterGroups": [{"filters": [after, only]}],
            "sorts": [{"propertyName": "hs_lastmodifieddate", "direction": "ASCENDING"}],
            "properties": FIELDS[kind],
            "limit": limit,
        }
        return entries(self.call("POST", f"/crm/v3/objects/{objects}/search", body, is_write=False), "results")

    def _tickets_of(self, notes: list[str]) -> dict[str, str]:
        """The ticket below which each of these notes stands."""
        if not notes:
            return {}
        body = {"inputs": [{"id": note} for note in notes]}
        found = entries(
            self.call("POST", "/crm/v4/associations/notes/tickets/batch/read", body, is_write=False), "results"
        )
        return {str(row["from"]["id"]): str(row["to"][0]["toObjectId"]) for row in found if row.get("to")}

    def _forget(self, contact: str) -> None:
        """HubSpot's own deletion for the right to be forgotten; a contact that is gone already is forgotten."""
        try:
            self.call("POST", "/crm/v3/objects/contacts/gdpr-delete", {"objectId": contact})
        except Gone:
            return

    def _as_change(self, row: dict[str, Any]) -> Change:
        there = self._remote("case", row)
        return Change(there.id, there.id, there.version, there.status)

    def _as_comment(self, row: dict[str, Any], case: str) -> Change:
        own = row["properties"]
        text = html.unescape((own.get("hs_note_body") or "").replace("<br>", "\n"))
        is_public = own.get(PUBLIC) == "true" and not own.get(REF)
        return Change(case, str(row["id"]), version_at(own["hs_lastmodifieddate"]), note=text, is_public=is_public)

    def _remote(self, kind: RefKind, row: Any) -> Remote:
        if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("properties"), dict):
            raise Invalid("HubSpot answered something unknown.")
        own, record = row["properties"], str(row["id"])
        if kind == "note":
            return Remote(record, int(own.get("porchlight_version") or 0), self._link("note", record))
        version = version_at(own.get("hs_lastmodifieddate") or row["updatedAt"])
        if kind == "contact":
            fields = {"name": own.get("firstname") or "", "email": own.get("email") or ""}
            fields |= {"is_lead": True} if own.get("lifecyclestage") in LEADS else {}
            return Remote(record, version, self._link("contact", record), "", fields)
        status = self.status_of(own["hs_pipeline_stage"]) if own.get("hs_pipeline_stage") else ""
        return Remote(record, version, self._link("case", record), status, {"title": own.get("subject") or ""})

    def _link(self, kind: str, record: str) -> str:
        """Where HubSpot shows the record: contacts are type 0-1, tickets 0-5."""
        shown = {"contact": "0-1", "case": "0-5"}.get(kind)
        portal = self.settings.get("portal", "")
        return f"https://app.hubspot.com/contacts/{portal}/record/{shown}/{record}" if portal and shown else ""


def number(record: str) -> int:
    """A record's number, which is part of an address, so nothing else may be in it."""
    if not record.isdigit():
        raise Gone("HubSpot has no such record.")
    return int(record)


def one(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The one entry of a batch of one."""
    if len(rows) != 1:
        raise Invalid("HubSpot did not say what became of the record.")
    return rows[0]


def refused(error: Any) -> ConnectorError:
    """The error of one entry of a batch."""
    said = error if isinstance(error, dict) else {}
    sentence = f"HubSpot says: {str(said.get('message', 'no reason'))[:300]}"
    return Conflict(sentence) if said.get("category") == "CONFLICT" else Invalid(sentence)
