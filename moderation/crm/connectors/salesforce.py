"""Salesforce: contacts are contacts, cases are cases, the timeline is the case's comments."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from moderation.crm.connectors._fields import nested
from moderation.crm.connectors._marks import case_text, is_ours, mark_of, marked
from moderation.crm.connectors._rest import entries, next_cursor, since, version_at
from moderation.crm.connectors._salesforce_records import (
    API,
    CASE_FIELDS,
    ERASED,
    NOTE_FIELDS,
    OBJECTS,
    REF,
    Records,
    at,
    name_of,
    quoted,
    shortened,
)
from moderation.crm.connectors.base import Capabilities, Change, RefKind, Remote, Setting
from moderation.crm.connectors.errors import (
    Conflict,
    Gone,
    Invalid,
)


class Salesforce(Records):
    """One Salesforce organisation, by the client credentials of a connected app.

    Our reference is a field of contacts and cases that Salesforce keeps unique (an external id). Comments of cases can
    have no such field: there it is the last line.
    """

    kind = "salesforce"
    label = "Salesforce"
    own_fields = frozenset({"Id", "LastName", "Email", "Subject", "Description", "ContactId", "Status", REF})
    asks: ClassVar[list[Setting]] = [
        Setting("url", _("Address"), _("Your own domain, such as https://example.my.salesforce.com")),
        Setting("client_id", _("Client id"), _("Of a connected app with the client credentials flow.")),
        Setting("client_secret", _("Client secret"), is_secret=True),
        Setting(
            "statuses",
            _("Case statuses"),
            _("The words of your Status field."),
            default="new=New, working=Working, working=Escalated, waiting=On Hold, solved=Closed",
        ),
    ]

    def capabilities(self) -> Capabilities:
        return Capabilities()

    # Signing in: a token that all processes share.

    def check(self) -> str:
        for name in ("Contact", "Case"):
            fields = entries(self.call("GET", f"{API}/sobjects/{name}/describe"), "fields")
            if not any(field["name"] == REF and field.get("externalId") and field.get("unique") for field in fields):
                raise Invalid(f"Make a unique text field “{REF}” that is an external id on {name} in Salesforce.")
        return str(_("Reached Salesforce; contacts and cases can carry our reference."))

    def upsert_contact(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        values = {"LastName": data["name"], **({"Email": data["email"]} if data.get("email") else {})}
        return self._contact(self._upsert("contact", ref, values, known))

    def upsert_case(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        values = {"Subject": data["title"][:255], "Description": case_text(data)[:32_000], "ContactId": data["contact"]}
        return self.read_case(self._upsert("case", ref, values, known))

    def append_note(self, case: str, ref: str, note: Mapping[str, Any], known: str = "") -> Remote:
        """A comment holds 4,000 bytes; what is longer ends with the way to the rest, never within our mark."""
        version = int(note.get("version", 1))
        body = marked(shortened(note["text"], note.get("url", "")), ref, version)
        entry = known or self.looked_up(ref, case, note)
        values = {"CommentBody": body, "IsPublished": bool(note.get("is_public"))}
        if entry:
            self.call("PATCH", f"{API}/sobjects/CaseComment/{name_of(entry)}", values)
        else:
            entry = str(self.call("POST", f"{API}/sobjects/CaseComment", {**values, "ParentId": case})["id"])
        return Remote(entry, version, self._link("Case", case))

    def set_status(self, case: str, status: str, version: int) -> Remote:
        word, now = self.word_for(status), self.read_case(case)
        if version and now.version > version:
            raise Conflict("The case changed in Salesforce meanwhile.")
        if now.status != status:
            self.call("PATCH", f"{API}/sobjects/Case/{name_of(case)}", {"Status": word})
        return self.read_case(case)

    def read_case(self, case: str) -> Remote:
        rows = self._ask(f"SELECT {CASE_FIELDS} FROM Case WHERE Id = {quoted(case)}")
        if not rows:
            raise Gone("The case is gone from Salesforce.")
        return self._case(rows[0])

    def find(self, kind: RefKind, ref: str, within: str = "") -> list[Remote]:
        if kind == "note":
            return [self._note(row) for row in self._comments(within) if mark_of(ref) in row["CommentBody"]]
        if kind == "contact":
            rows = self._ask(f"SELECT Id FROM Contact WHERE {REF} = {quoted(ref)} ORDER BY CreatedDate")
            return [self._contact(row["Id"]) for row in rows]
        rows = self._ask(f"SELECT {CASE_FIELDS} FROM Case WHERE {REF} = {quoted(ref)} ORDER BY CreatedDate")
        return [self._case(row) for row in rows]

    def find_contacts(self, email: str) -> list[Remote]:
        rows = self._ask(f"SELECT Id FROM Contact WHERE Email = {quoted(email)} ORDER BY CreatedDate LIMIT 20")
        return [self._contact(row["Id"]) for row in rows]

    def read_contact(self, contact: str) -> Remote:
        return self._contact(contact)

    def whole(self, kind: RefKind, record: str) -> dict[str, Any]:
        row = self.call("GET", f"{API}/sobjects/{OBJECTS[kind]}/{name_of(record)}")
        if not isinstance(row, dict):
            raise Invalid("Salesforce answered something unknown.")
        return {name: value for name, value in row.items() if name != "attributes"}

    def set_fields(self, kind: RefKind, record: str, fields: Mapping[str, str]) -> Remote:
        self.call("PATCH", f"{API}/sobjects/{OBJECTS[kind]}/{name_of(record)}", nested(fields))
        return self.read_case(record) if kind == "case" else self._contact(record)

    def missing(self, cases: list[str]) -> set[str]:
        found = self._ask(f"SELECT Id FROM Case WHERE Id IN ({', '.join(quoted(case) for case in cases)})")
        return set(cases) - {str(row["Id"]) for row in found}

    def discard(self, kind: RefKind, record: str) -> None:
        self.call("DELETE", f"{API}/sobjects/{OBJECTS[kind]}/{name_of(record)}")

    def erase(self, kind: RefKind, ref: str, known: str = "", within: str = "") -> None:
        blank: dict[str, Any] = {
            "contact": {"LastName": ERASED, "FirstName": "", "Email": None, "Phone": None, "MobilePhone": None},
            "case": {"Subject": ERASED, "Description": None},
            "note": {"CommentBody": marked(ERASED, ref, 1_000_000)},
        }[kind]
        for record in [known] if known else [found.id for found in self.find(kind, ref, within)]:
            self.call("PATCH", f"{API}/sobjects/{OBJECTS[kind]}/{name_of(record)}", blank)

    def notes(self, case: str) -> list[Change]:
        return [self._as_comment(row) for row in self._comments(case) if row["IsPublished"]]

    def changes(self, cursor: str, limit: int) -> tuple[list[Change], str]:
        start = since(cursor)
        after = f"SystemModstamp >= {at(start)} ORDER BY SystemModstamp, Id LIMIT {limit}"
        cases = self._ask(f"SELECT {CASE_FIELDS} FROM Case WHERE {REF} != null AND {after}")
        public = f"Parent.{REF} != null AND IsPublished = true AND {after}"
        notes = self._ask(f"SELECT {NOTE_FIELDS} FROM CaseComment WHERE {public}")
        found = [self._case(row) for row in cases]
        news = [Change(each.id, each.id, each.version, each.status) for each in found]
        news += [self._as_comment(row) for row in notes if not is_ours(row["CommentBody"])]
        moved = [[version_at(row["SystemModstamp"]) for row in rows] for rows in (cases, notes)]
        return news, next_cursor(start, moved, limit)
