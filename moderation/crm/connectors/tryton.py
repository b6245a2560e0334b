"""Tryton: contacts are parties, cases are sale opportunities, the timeline is the opportunity's chat."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from moderation.crm.connectors._fields import nested
from moderation.crm.connectors._marks import case_text, is_ours, mark_of, marked, version_in
from moderation.crm.connectors._tryton_records import (
    CASE,
    CASE_FIELDS,
    CHANNEL,
    MESSAGE,
    MODELS,
    NOTE_FIELDS,
    PARTY,
    STATUS_OF,
    WAYS,
    Records,
    version_of,
)
from moderation.crm.connectors.base import Capabilities, Change, RefKind, Remote, Setting
from moderation.crm.connectors.errors import Conflict, Invalid

STEPS = {"new": "lead", "working": "opportunity", "solved": "convert", "closed": "cancel"}
PLAIN = {"char", "text", "selection", "integer", "float"}
"""Types of fields whose values are words or numbers, not other records."""
OVERLAP = timedelta(seconds=30)


class Tryton(Records):
    """One Tryton database, spoken to as one of its users."""

    kind = "tryton"
    label = "Tryton"
    own_fields = frozenset({"id", "name", "code", "email", "description", "comment", "party", "reference", "state"})
    asks: ClassVar[list[Setting]] = [
        Setting("url", _("Address"), _("Such as https://tryton.example.com")),
        Setting("database", _("Database")),
        Setting("login", _("User name"), _("A user of its own for the community, with a company and an employee.")),
        Setting("password", _("Password"), is_secret=True),
        Setting("company", _("Company number"), _("Empty: the user's own company."), is_required=False),
    ]

    def capabilities(self) -> Capabilities:
        return Capabilities(hooks=False)

    def check(self) -> str:
        company = self.rpc.call("model.company.company.read", [self.context["company"]], ["rec_name"], self.context)
        self.rpc.call(f"{CASE}.search_count", [], 0, 1, self.context)
        return str(_("Reached Tryton as %(login)s for %(company)s.")) % {
            "login": self.settings["login"],
            "company": company[0]["rec_name"],
        }

    # Contacts: the code of a party is unique, so Tryton itself keeps them single.

    def upsert_contact(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        values, email = {"name": data["name"]}, data.get("email", "")
        party = known or next((found.id for found in self.find("contact", ref)), "")
        if not party:
            party = str(self._create_party(ref, values))
        elif (there := self._party(party)).fields["name"] != data["name"]:
            self.rpc.call(f"{PARTY}.write", [int(party)], values, self.context)
        elif not email:  # most cases are of somebody who is there already, and nothing has changed
            return there
        if email:
            self._write_email(int(party), email)
        return self._party(party)

    # Cases: no field is unique, so they are looked for by our reference before one is made.

    def upsert_case(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        values = {"description": data["title"][:200], "comment": case_text(data), "party": int(data["contact"])}
        case = known or next((found.id for found in self.find("case", ref)), "")
        if case:
            now = self._case(case)
            if now.status in {"solved", "closed"}:  # Tryton lets nobody write to these; the timeline still grows
                return now
            self.rpc.call(f"{CASE}.write", [int(case)], values, self.context)
        else:
            case = str(self.rpc.call(f"{CASE}.create", [{**values, "reference": ref}], self.context)[0])
        return self._case(case)

    def set_status(self, case: str, status: str, version: int) -> Remote:
        now = self._case(case)
        if version and now.version > version:
            raise Conflict("The case changed in Tryton meanwhile.")
        if now.status != status:
            step = STEPS.get(status)
            if step is None:
                raise Invalid(f"Tryton has no status for “{status}”.")
            if step == "convert" and now.status == "new":
                self.rpc.call(f"{CASE}.opportunity", [int(case)], self.context)
            self.rpc.call(f"{CASE}.{step}", [int(case)], self.context)
        return self._case(case)

    def read_case(self, case: str) -> Remote:
        return self._case(case)

    def whole(self, kind: RefKind, record: str) -> dict[str, Any]:
        fields = self.rpc.call(f"{MODELS[kind]}.fields_get", [], self.context)
        names = sorted(name for name, field in fields.items() if field["type"] in PLAIN and not field.get("readonly"))
        row = self._read(MODELS[kind], record, names)
        return {name: row.get(name) for name in names}

    def set_fields(self, kind: RefKind, record: str, fields: Mapping[str, str]) -> Remote:
        values = {name: value or None for name, value in nested(fields).items()}
        for way in WAYS & set(values) if kind == "contact" else ():
            self._write_way(int(record), way, values.pop(way) or "")
        if values:
            self.rpc.call(f"{MODELS[kind]}.write", [int(record)], values, self.context)
        return self._case(record) if kind == "case" else self._party(record)

    def missing(self, cases: list[str]) -> set[str]:
        where = [["id", "in", [int(case) for case in cases]]]
        return set(cases) - {str(row["id"]) for row in self._search(CASE, where, ["id"], len(cases))}

    def discard(self, kind: RefKind, record: str) -> None:
        if kind == "case":
            if self._case(record).status in {"new", "working"}:
                self.rpc.call(f"{CASE}.cancel", [int(record)], self.context)
            self.rpc.call(f"{CASE}.write", [int(record)], {"reference": None}, self.context)
        elif kind == "note":
            self.rpc.call(f"{MESSAGE}.delete", [int(record)], self.context)

    # The timeline: our reference is the last line of an entry.

    def append_note(self, case: str, ref: str, note: Mapping[str, Any], known: str = "") -> Remote:
        text = marked(note["text"], ref, note.get("version", 1))
        entry = known or self.looked_up(ref, case, note)
        if entry:
            self.rpc.call(f"{MESSAGE}.write", [int(entry)], {"content": text}, self.context)
        else:
            audience = "public" if note.get("is_public") else "internal"
            resource = f"sale.opportunity,{int(case)}"
            entry = str(self.rpc.call(f"{CHANNEL}.post", resource, text, audience, self.context))
        return Remote(entry, int(note.get("version", 1)), self._link("sale.opportunity", case))

    def notes(self, case: str) -> list[Change]:
        where = [["channel.resource", "=", f"sale.opportunity,{int(case)}"], ["audience", "=", "public"]]
        return [self._as_comment(row, case) for row in self._search(MESSAGE, where, NOTE_FIELDS, 200)]

    # Looking, polling, forgetting.

    def find(self, kind: RefKind, ref: str, within: str = "") -> list[Remote]:
        if kind == "contact":
            rows = self._search(PARTY, [["code", "=", ref]], ["name", "code", "create_date", "write_date"])
            return [self._as_party(row) for row in rows]
        if kind == "case":
            return [self._as_case(row) for row in self._search(CASE, [["reference", "=", ref]], CASE_FIELDS)]
        rows = self._search(MESSAGE, [["content", "like", f"%{mark_of(ref)}%"]], ["content"])
        return [Remote(str(row["id"]), version_in(row["content"])) for row in rows]

    def changes(self, cursor: str, limit: int) -> tuple[list[Change], str]:
        since = datetime.fromisoformat(cursor) if cursor else datetime.now(UTC) - timedelta(days=1)
        cases = self._since(CASE, since, [["reference", "!=", None]], CASE_FIELDS, limit)
        public = [["audience", "=", "public"], ["channel.resource", "like", "sale.opportunity,%"]]
        notes = self._since(MESSAGE, since, public, [*NOTE_FIELDS, "channel.resource"], limit)
        found = [Change(str(r["id"]), str(r["id"]), version_of(r), STATUS_OF.get(r["state"], "")) for r in cases]
        for row in notes:
            if not is_ours(row["content"]):
                resource = str((row.get("channel.") or {}).get("resource", ""))
                found.append(self._as_comment(row, resource.rpartition(",")[2]))
        return found, next_cursor(since, cases, notes, limit)

    def erase(self, kind: RefKind, ref: str, known: str = "", within: str = "") -> None:
        for record in [known] if known else [found.id for found in self.find(kind, ref)]:
            if kind == "note":
                self.append_note("0", ref, {"text": "(erased)", "version": 1_000_000}, known=record)
            elif kind == "case":
                if self._case(record).status in {"solved", "closed"}:
                    raise Invalid("Tryton lets nobody change a finished case. Reopen it there, or erase it there.")
                self.rpc.call(f"{CASE}.write", [int(record)], {"description": "(erased)", "comment": ""}, self.context)
            else:
                self._erase_party(int(record))


def next_cursor(since: datetime, cases: list[Any], notes: list[Any], limit: int) -> str:
    """As far as both lists reach, less an overlap; a full page moves on only as far as it got."""
    ends = [[row["write_date"] or row["create_date"] for row in rows] for rows in (cases, notes)]
    full = [max(times) for times in ends if len(times) >= limit]
    if full:
        return max(min(full), since + timedelta(microseconds=1)).isoformat()
    newest = max([time for times in ends for time in times], default=since)
    return max(newest - OVERLAP, since).isoformat()
