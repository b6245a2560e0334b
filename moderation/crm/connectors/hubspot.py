"""HubSpot: contacts are contacts, cases are tickets, the timeline is notes."""

import hashlib
import html
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from moderation.crm.connectors._hubspot_records import (
    FIELDS,
    OBJECTS,
    PUBLIC,
    REF,
    Records,
    number,
)
from moderation.crm.connectors._marks import case_text
from moderation.crm.connectors._proof import lowered, refuse_unsigned, refuse_untimely
from moderation.crm.connectors._rest import entries, next_cursor, since, version_at
from moderation.crm.connectors.base import Capabilities, Change, RefKind, Remote, Setting
from moderation.crm.connectors.errors import Conflict, Invalid


class HubSpot(Records):
    """One HubSpot account, by the token of a private app. Our reference is a property with unique values."""

    kind = "hubspot"
    label = "HubSpot"
    own_fields = frozenset({*FIELDS["contact"], *FIELDS["case"], "content", "hs_object_id", "createdate"})
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
        case = self._under("case", ref, values, fresh, data["contact"], known).id
        if known:
            self._hang_below(case, str(data["contact"]))
        return self.read_case(case)

    def append_note(self, case: str, ref: str, note: Mapping[str, Any], known: str = "") -> Remote:
        values = {
            "hs_note_body": html.escape(note["text"]).replace("\n", "<br>"),
            "hs_timestamp": note.get("at") or datetime.now(UTC).isoformat(),
            "porchlight_version": str(note.get("version", 1)),
        }
        there = known or self.looked_up(ref, case, note)
        return self._upsert("note", ref, values, there) if there else self._made("note", ref, values, case)

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

    def find_contacts(self, email: str) -> list[Remote]:
        same = {"propertyName": "email", "operator": "EQ", "value": email}
        also = {"propertyName": "hs_additional_emails", "operator": "CONTAINS_TOKEN", "value": email}
        body = {
            "filterGroups": [{"filters": [same]}, {"filters": [also]}],
            "properties": FIELDS["contact"],
            "limit": 20,
        }
        rows = entries(self.call("POST", "/crm/v3/objects/contacts/search", body, is_write=False), "results")
        return [self._remote("contact", row) for row in sorted(rows, key=lambda row: int(row["id"]))]

    def read_contact(self, contact: str) -> Remote:
        wanted = ",".join(FIELDS["contact"])
        row = self.call("GET", f"/crm/v3/objects/contacts/{number(contact)}", properties=wanted)
        return self._remote("contact", row)

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
