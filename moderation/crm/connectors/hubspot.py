"""HubSpot: contacts are contacts, cases are tickets, the timeline is notes."""

import hashlib
import html
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from moderation.crm.connectors._marks import case_text
from moderation.crm.connectors._proof import lowered, refuse_unsigned, refuse_untimely
from moderation.crm.connectors._rest import Rest, entries, next_cursor, since, version_at
from moderation.crm.connectors.base import Capabilities, Change, RefKind, Remote, Setting
from moderation.crm.connectors.errors import Conflict, ConnectorError, Gone, Invalid, RateLimited

REF, PUBLIC = "porchlight_ref", "porchlight_public"
OBJECTS = {"contact": "contacts", "case": "tickets", "note": "notes"}
FIELDS = {
    "contact": ["firstname", "email", REF],
    "case": ["subject", "hs_pipeline_stage", "hs_lastmodifieddate", REF],
    "note": ["hs_note_body", "hs_timestamp", "hs_lastmodifieddate", "porchlight_version", PUBLIC, REF],
}
TIES = {"case": 16, "note": 228}
"""HubSpot's own numbers: the contact of a ticket, the ticket of a note."""
UNTIL_TOMORROW = 3600.0


class HubSpot(Rest):
    """One HubSpot account, by the token of a private app. Our reference is a property with unique values."""

    kind = "hubspot"
    label = "HubSpot"
    asks: ClassVar[list[Setting]] = [
        Setting(
            "url", _("Address"), _("Leave it unless HubSpot gave you another one."), default="https://api.hubapi.com"
        ),
        Setting("token", _("Access token"), _("Of a private app with rights to contacts and tickets."), is_secret=True),
        Setting(
            "client_secret", _("Client secret"), _("Optional: proves messages."), is_secret=True, is_required=False
        ),
        Setting("portal", _("Account number"), _("Optional: for links to records."), is_required=False),
        Setting(
            "statuses",
            _("Ticket stages"),
            _("Which stage of your pipeline each status is."),
            default="new=1, waiting=2, working=3, solved=4",
        ),
    ]

    def capabilities(self) -> Capabilities:
        return Capabilities(hooks=bool(self.secrets.get("client_secret")))

    def proof(self, session: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secrets.get('token', '')}"}

    def understand(self, status: int, content: bytes) -> ConnectorError | None:
        """A daily limit says so in its body: there is no sense in trying again within the minute."""
        if status == 429 and b"DAILY" in content:
            return RateLimited("HubSpot's calls of this day are used up.", UNTIL_TOMORROW)
        return None

    def check(self) -> str:
        for name in OBJECTS.values():
            found = self.call("GET", f"/crm/v3/properties/{name}/{REF}")
            if not (isinstance(found, dict) and found.get("hasUniqueValue")):
                raise Invalid(f"Make a property “{REF}” with unique values for {name} in HubSpot.")
        return str(_("Reached HubSpot; contacts, tickets and notes can carry our reference."))

    def upsert_contact(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        values = {"firstname": data["name"], **({"email": data["email"]} if data.get("email") else {})}
        return self._upsert("contact", ref, values, known)

    def upsert_case(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        values = {"subject": data["title"], "content": case_text(data)}
        fresh = {"hs_pipeline_stage": self.word_for("new")}
        return self.read_case(self._under("case", ref, values, fresh, data["contact"], known).id)

    def append_note(self, case: str, ref: str, note: Mapping[str, Any], known: str = "") -> Remote:
        values = {
            "hs_note_body": html.escape(note["text"]).replace("\n", "<br>"),
            "hs_timestamp": note.get("at") or datetime.now(UTC).isoformat(),
            "porchlight_version": str(note.get("version", 1)),
        }
        return self._under("note", ref, values, {}, case, known)

    def set_status(self, case: str, status: str, version: int) -> Remote:
        stage, now = self.word_for(status), self.read_case(case)
        if version and now.version > version:
            raise Conflict("The ticket changed in HubSpot meanwhile.")
        if now.status != status:
            self.call("PATCH", f"/crm/v3/objects/tickets/{number(case)}", {"properties": {"hs_pipeline_stage": stage}})
        return self.read_case(case)

    def read_case(self, case: str) -> Remote:
        wanted = ",".join(FIELDS["case"])
        return self._remote("case", self.call("GET", f"/crm/v3/objects/tickets/{number(case)}", properties=wanted))

    def find(self, kind: RefKind, ref: str, within: str = "") -> list[Remote]:
        return [self._remote(kind, row) for row in self._read(kind, [ref], REF)]

    def missing(self, cases: list[str]) -> set[str]:
        found = {
            str(row["id"])
            for start in range(0, len(cases), 100)
            for row in self._read("case", cases[start : start + 100])
        }
        return set(cases) - found

    def discard(self, kind: RefKind, record: str) -> None:
        self.call("DELETE", f"/crm/v3/objects/{OBJECTS[kind]}/{number(record)}")

    def erase(self, kind: RefKind, ref: str, known: str = "", within: str = "") -> None:
        for record in [known] if known else [found.id for found in self.find(kind, ref)]:
            if kind == "contact":
                self._forget(record)
            else:
                blank = {"subject": "(erased)", "content": ""} if kind == "case" else {"hs_note_body": "(erased)"}
                self.call("PATCH", f"/crm/v3/objects/{OBJECTS[kind]}/{number(record)}", {"properties": blank})

    def notes(self, case: str) -> list[Change]:
        tied = entries(self.call("GET", f"/crm/v4/objects/tickets/{number(case)}/associations/notes"), "results")
        rows = self._read("note", [str(row["toObjectId"]) for row in tied][:100]) if tied else []
        return [self._as_comment(row, case) for row in rows if row["properties"].get(PUBLIC) == "true"]

    def changes(self, cursor: str, limit: int) -> tuple[list[Change], str]:
        """Tickets of ours that moved, and notes that people in HubSpot marked as public."""
        start, limit = since(cursor), min(limit, 200)
        cases = self._since("tickets", "case", start, limit, {"propertyName": REF, "operator": "HAS_PROPERTY"})
        marked = {"propertyName": PUBLIC, "operator": "EQ", "value": "true"}
        notes = self._since("notes", "note", start, limit, marked)
        news = [self._as_change(row) for row in cases]
        tickets = self._tickets_of([str(row["id"]) for row in notes])
        news += [self._as_comment(row, tickets[str(row["id"])]) for row in notes if str(row["id"]) in tickets]
        moved = [[version_at(row["properties"]["hs_lastmodifieddate"]) for row in rows] for rows in (cases, notes)]
        return news, next_cursor(start, moved, limit)

    def verify_webhook(self, method: str, url: str, headers: Mapping[str, str], raw_body: bytes, now: datetime) -> str:
        """Version 3: HMAC-SHA256 over method, address, body and time. HubSpot sends no id, so the body names itself."""
        given = lowered(headers)
        sent = given.get("x-hubspot-request-timestamp", "")
        if not sent.isascii() or not sent.isdigit() or len(sent) > 13:
            raise Invalid("The message is not signed.")
        refuse_untimely(datetime.fromtimestamp(int(sent) / 1000, UTC), now)
        said = method.encode() + url.encode() + raw_body + sent.encode()
        refuse_unsigned(self.secrets.get("client_secret", ""), said, given.get("x-hubspot-signature-v3", ""))
        return hashlib.sha256(sent.encode() + raw_body).hexdigest()

    def parse_webhook(self, raw: bytes) -> list[Change]:
        """A batch of events, in any order; what is not about a ticket's stage or end is left aside."""
        try:
            events = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise Invalid("The message is not JSON.") from error
        if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
            raise Invalid("The message is not understood.")
        return [change for event in events if (change := self._as_hint(event))]

    def _as_hint(self, event: dict[str, Any]) -> Change | None:
        what, record, at = event.get("subscriptionType"), str(event.get("objectId", "")), event.get("occurredAt", 0)
        if not record or not isinstance(at, int):
            raise Invalid("An event names no ticket or no time.")
        if what == "ticket.deletion":
            return Change(record, record, at, is_deleted=True)
        if what == "ticket.propertyChange" and event.get("propertyName") == "hs_pipeline_stage":
            return Change(record, record, at, self.status_of(event.get("propertyValue")))
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
        """A ticket of a contact, or a note of a ticket. Made with its tie in one call, so that none is without it."""
        there = known or next((found.id for found in self.find(kind, ref)), "")
        if there:
            return self._upsert(kind, ref, values, there)
        types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": TIES[kind]}]
        body = {"properties": {**values, **fresh, REF: ref}, "associations": [{"to": {"id": above}, "types": types}]}
        return self._remote(kind, self.call("POST", f"/crm/v3/objects/{OBJECTS[kind]}", body))

    def _read(self, kind: RefKind, ids: list[str], by: str = "") -> list[dict[str, Any]]:
        body: dict[str, Any] = {"inputs": [{"id": each} for each in ids], "properties": FIELDS[kind]}
        if by:
            body["idProperty"] = by
        answer = self.call("POST", f"/crm/v3/objects/{OBJECTS[kind]}/batch/read", body, is_write=False)
        return sorted(entries(answer, "results"), key=lambda row: int(row["id"]))

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
            return Remote(record, version, self._link("contact", record), "", {"name": own.get("firstname") or ""})
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
