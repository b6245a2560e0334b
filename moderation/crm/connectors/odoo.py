"""Odoo: contacts are partners, cases are leads of the CRM app, the timeline is the lead's messages."""

import html
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from moderation.crm.connectors._fields import nested
from moderation.crm.connectors._marks import case_text, is_ours, mark_of, marked
from moderation.crm.connectors._odoo_records import (
    CASE_FIELDS,
    ERASED,
    LOST,
    MODELS,
    NOTE_FIELDS,
    PUBLIC,
    Records,
    external,
    number,
)
from moderation.crm.connectors._rest import next_cursor, since, version_at
from moderation.crm.connectors.base import Capabilities, Change, RefKind, Remote, Setting
from moderation.crm.connectors.errors import Conflict, Gone, Invalid


class Odoo(Records):
    """One Odoo database, by the API key of a user. Our reference is the external id of partners and leads.

    Odoo makes or changes a record by its external id in one call (`load`), so it keeps them single by itself. Leads
    carry our reference in “Referred by” too, where people see it. Every error is HTTP 200 with an `error`.
    """

    kind = "odoo"
    label = "Odoo"
    own_fields = frozenset(
        {"id", "name", "email", "description", "referred", "type", "partner_id", "stage_id", "active"}
    )
    asks: ClassVar[list[Setting]] = [
        Setting("url", _("Address"), _("Such as https://example.odoo.com")),
        Setting("database", _("Database")),
        Setting("login", _("User name"), _("A user of its own for the community, with rights to the CRM app.")),
        Setting("key", _("API key"), is_secret=True),
        Setting(
            "statuses",
            _("Stages"),
            _("The names of your stages; “lost” is what Odoo calls lost."),
            default="new=New, working=Qualified, waiting=Proposition, solved=Won, closed=lost",
        ),
    ]

    def capabilities(self) -> Capabilities:
        return Capabilities()

    def check(self) -> str:
        self._do("crm.lead", "search_count", [[]])
        self.words  # noqa: B018  a setting that nobody understands is told now, not with the first push
        stages = {row["name"] for row in self._do("crm.stage", "search_read", [[]], fields=["name"])}
        unknown = {word for _status, word in self.words if word != LOST and word not in stages}
        if unknown:
            raise Invalid(f"Odoo has no stage “{sorted(unknown)[0]}”.")
        return str(_("Reached Odoo as %(login)s.")) % {"login": self.settings["login"]}

    def upsert_contact(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        values = {"name": data["name"], **({"email": data["email"]} if data.get("email") else {})}
        return self._partner(self._upsert("contact", ref, values, known))

    def upsert_case(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        values = {"name": data["title"], "description": case_text(data), "referred": ref, "type": "opportunity"}
        values |= {"partner_id/.id": data["contact"]}
        return self.read_case(self._upsert("case", ref, values, known))

    def append_note(self, case: str, ref: str, note: Mapping[str, Any], known: str = "") -> Remote:
        version = int(note.get("version", 1))
        body = html.escape(marked(note["text"], ref, version)).replace("\n", "<br>")
        entry = known or self.looked_up(ref, case, note)
        if entry:
            self._write("mail.message", entry, {"body": body})
        else:
            kind = "mail.mt_comment" if note.get("is_public") else "mail.mt_note"
            words = {"body": body, "body_is_html": True, "message_type": "comment", "subtype_xmlid": kind}
            entry = str(self._do("crm.lead", "message_post", [[number(case)]], **words))
        return Remote(entry, version, self._link("crm.lead", case))

    def set_status(self, case: str, status: str, version: int) -> Remote:
        word, now = self.word_for(status), self.read_case(case)
        if version and now.version > version:
            raise Conflict("The lead changed in Odoo meanwhile.")
        if now.status != status and word == LOST:
            self._do("crm.lead", "action_set_lost", [[number(case)]])
        elif now.status != status:
            self._write("crm.lead", case, {"stage_id": self._stage(word), "active": True})
        return self.read_case(case)

    def read_case(self, case: str) -> Remote:
        rows = self._search("crm.lead", [["id", "=", number(case)]], CASE_FIELDS)
        if not rows:
            raise Gone("The lead is gone from Odoo.")
        return self._case(rows[0])

    def find(self, kind: RefKind, ref: str, within: str = "") -> list[Remote]:
        if kind == "note":
            where = [["model", "=", "crm.lead"], ["body", "ilike", mark_of(ref)]]
            return [self._note(row) for row in self._search("mail.message", where, NOTE_FIELDS)]
        where = [["module", "=", "porchlight"], ["name", "=", external(ref)]]
        rows = self._search("ir.model.data", where, ["res_id"])
        if kind == "contact":
            return [self._partner(str(row["res_id"])) for row in rows]
        listed = ["|", ["id", "in", [row["res_id"] for row in rows]], ["referred", "=", ref]]
        return [self._case(row) for row in self._search("crm.lead", listed, CASE_FIELDS)]

    def find_contacts(self, email: str) -> list[Remote]:
        rows = self._search("res.partner", [["email", "=ilike", email], ["active", "=", True]], ["id"], 20)
        return [self._partner(str(row["id"])) for row in rows]

    def read_contact(self, contact: str) -> Remote:
        return self._partner(contact)

    def whole(self, kind: RefKind, record: str) -> dict[str, Any]:
        """Without names Odoo tells all fields; what belongs to another record is told as its number and its name."""
        rows = self._search(MODELS[kind], [["id", "=", number(record)]], [])
        if not rows:
            raise Gone("The record is gone from Odoo.")
        return {name: v[1] if isinstance(v, list) and len(v) == 2 else v for name, v in rows[0].items()}

    def set_fields(self, kind: RefKind, record: str, fields: Mapping[str, str]) -> Remote:
        self._write(MODELS[kind], record, {name: value or False for name, value in nested(fields).items()})
        return self.read_case(record) if kind == "case" else self._partner(record)

    def missing(self, cases: list[str]) -> set[str]:
        where = [["id", "in", [number(case) for case in cases]]]
        return set(cases) - {str(row["id"]) for row in self._search("crm.lead", where, ["id"], len(cases))}

    def discard(self, kind: RefKind, record: str) -> None:
        if kind == "case":
            self._write("crm.lead", record, {"active": False, "referred": False})
        else:
            self._do(MODELS[kind], "unlink", [[number(record)]])

    def erase(self, kind: RefKind, ref: str, known: str = "", within: str = "") -> None:
        blank: dict[str, Any] = {
            "contact": {"name": ERASED, "email": False, "phone": False},
            "case": {"name": ERASED, "description": False},
            "note": {"body": html.escape(marked(ERASED, ref, 1_000_000)).replace("\n", "<br>")},
        }[kind]
        for record in [known] if known else [found.id for found in self.find(kind, ref, within)]:
            self._write(MODELS[kind], record, blank)

    def notes(self, case: str) -> list[Change]:
        where = [["model", "=", "crm.lead"], ["res_id", "=", number(case)]]
        return [self._as_comment(row) for row in self._search("mail.message", [*where, *PUBLIC], NOTE_FIELDS)]

    def changes(self, cursor: str, limit: int) -> tuple[list[Change], str]:
        start = since(cursor)
        after = ["write_date", ">=", datetime.fromtimestamp(start / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")]
        cases = self._search("crm.lead", [["referred", "like", ":case:"], after], CASE_FIELDS, limit, "write_date, id")
        about = [["model", "=", "crm.lead"], after, *PUBLIC]
        notes = self._search("mail.message", about, NOTE_FIELDS, limit, "write_date, id")
        found = [self._case(row) for row in cases]
        news = [Change(each.id, each.id, each.version, each.status) for each in found]
        news += [self._as_comment(row) for row in notes if not is_ours(row["body"])]
        moved = [[version_at(row["write_date"]) for row in rows] for rows in (cases, notes)]
        return news, next_cursor(start, moved, limit)

    # Odoo's JSON-RPC.
