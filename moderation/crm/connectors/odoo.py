"""Odoo: contacts are partners, cases are leads of the CRM app, the timeline is the lead's messages."""

import html
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from moderation.crm.connectors._marks import case_text, is_ours, mark_of, marked, version_in
from moderation.crm.connectors._rest import Rest, moment, next_cursor, since, version_at
from moderation.crm.connectors.base import Capabilities, Change, RefKind, Remote, Setting
from moderation.crm.connectors.errors import AuthExpired, Conflict, ConnectorError, Gone, Invalid, Transient

READS = {"read", "search", "search_read", "search_count", "authenticate", "version", "check_access_rights"}
MODELS = {"contact": "res.partner", "case": "crm.lead", "note": "mail.message"}
CASE_FIELDS = ["name", "stage_id", "partner_id", "active", "write_date", "referred"]
NOTE_FIELDS = ["body", "res_id", "is_internal", "subtype_id", "author_id", "write_date"]
ERASED = "(erased)"
LOST = "lost"
"""Not a stage in Odoo, but a lead that was put away."""


class Odoo(Rest):
    """One Odoo database, by the API key of a user. Our reference is the external id of partners and leads.

    Odoo makes or changes a record by its external id in one call (`load`), so it keeps them single by itself. Leads
    carry our reference in “Referred by” too, where people see it. Every error is HTTP 200 with an `error`.
    """

    kind = "odoo"
    label = "Odoo"
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

    def session(self) -> str:
        return self.keeper.current() or self.keeper.renew("", self._sign_in)

    def renewed(self, session: str) -> str:
        return self.keeper.renew(session, self._sign_in)

    def proof(self, session: str) -> dict[str, str]:
        return {}

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
        entry = known or next((found.id for found in self.find("note", ref, case)), "")
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

    def _sign_in(self) -> str:
        uid = self._rpc("common", "authenticate", [*self._who(), {}])
        if not isinstance(uid, int) or isinstance(uid, bool):
            raise AuthExpired("Odoo does not accept the user name or the key.")
        return str(uid)

    def _who(self) -> list[str]:
        return [self.settings["database"], self.settings["login"], self.secrets.get("key", "")]

    def _do(self, model: str, method: str, args: list[Any], **words: Any) -> Any:
        """Call a method of a model. Odoo looks at the key with each call; a forgotten sign-in is renewed once."""
        session = self.session()
        try:
            return self._execute(session, model, method, args, words)
        except AuthExpired:
            return self._execute(self.renewed(session), model, method, args, words)

    def _execute(self, session: str, model: str, method: str, args: list[Any], words: dict[str, Any]) -> Any:
        database, _login, key = self._who()
        words["context"] = {"active_test": False, "tracking_disable": True, **words.get("context", {})}
        return self._rpc("object", "execute_kw", [database, int(session), key, model, method, args, words])

    def _rpc(self, service: str, method: str, args: list[Any]) -> Any:
        name = args[4] if method == "execute_kw" else method
        params = {"service": service, "method": method, "args": args}
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        answer = self._send("POST", "/jsonrpc", body, "", name not in READS, "")
        if not isinstance(answer, dict) or not ({"result", "error"} & set(answer)):
            raise Invalid("Odoo answered something unknown.")
        if answer.get("error"):
            raise error_for(answer["error"])
        return answer.get("result")

    def _upsert(self, kind: RefKind, ref: str, values: dict[str, Any], known: str) -> str:
        """By our external id; a record that we know by its number must still be there."""
        if known:
            plain = {("partner_id" if name == "partner_id/.id" else name): value for name, value in values.items()}
            self._write(MODELS[kind], known, plain)
            return known
        names = ["id", *values]
        answer = self._do(MODELS[kind], "load", [names, [[f"porchlight.{external(ref)}", *values.values()]]])
        ids = answer.get("ids") if isinstance(answer, dict) else None
        if not ids:
            said = (answer.get("messages") or [{}])[0] if isinstance(answer, dict) else {}
            raise Invalid(f"Odoo says: {str(said.get('message', 'no reason'))[:300]}")
        return str(ids[0])

    def _write(self, model: str, record: str, values: dict[str, Any]) -> None:
        if "partner_id" in values:
            values = {**values, "partner_id": number(values["partner_id"])}
        self._do(model, "write", [[number(record)], values])

    def _search(self, model: str, where: list[Any], fields: list[str], limit: int = 50, order: str = "id") -> list[Any]:
        rows = self._do(model, "search_read", [where], fields=fields, limit=limit, order=order)
        if not isinstance(rows, list):
            raise Invalid("Odoo answered something unknown.")
        return rows

    def _stage(self, name: str) -> int:
        rows = self._search("crm.stage", [["name", "=", name]], ["name"], 1)
        if not rows:
            raise Invalid(f"Odoo has no stage “{name}”.")
        return int(rows[0]["id"])

    def _partner(self, record: str) -> Remote:
        rows = self._search("res.partner", [["id", "=", number(record)]], ["name", "write_date"])
        if not rows:
            raise Gone("The partner is gone from Odoo.")
        fields, version = {"name": rows[0]["name"]}, version_at(rows[0]["write_date"])
        return Remote(record, version, self._link("res.partner", record), "", fields)

    def _case(self, row: dict[str, Any]) -> Remote:
        word = row["stage_id"][1] if row["active"] and row["stage_id"] else LOST
        fields = {"title": row["name"], "contact": str(row["partner_id"][0]) if row["partner_id"] else ""}
        link, version = self._link("crm.lead", row["id"]), version_at(row["write_date"])
        return Remote(str(row["id"]), version, link, self.status_of(word), fields)

    def _note(self, row: dict[str, Any]) -> Remote:
        return Remote(str(row["id"]), version_in(row["body"]), self._link("crm.lead", row["res_id"]))

    def _as_comment(self, row: dict[str, Any]) -> Change:
        text = html.unescape(strip_tags(row["body"].replace("<br>", "\n").replace("</p>", "\n"))).strip()
        author, when = (row["author_id"] or [0, ""])[1], moment(row["write_date"])
        return Change(
            str(row["res_id"]), str(row["id"]), version_at(row["write_date"]), "", text, author, is_public=True, at=when
        )

    def _link(self, model: str, record: Any) -> str:
        return f"{self.settings['url'].rstrip('/')}/web#id={record}&model={model}&view_type=form"


PUBLIC: list[Any] = [["is_internal", "=", False], ["message_type", "=", "comment"], ["subtype_id.internal", "=", False]]
"""Which messages the customer would get by mail: comments, not notes to colleagues."""


def external(ref: str) -> str:
    """Our reference as an external id, in which Odoo allows no colon."""
    return ref.replace(":", "_").replace(".", "_")


def number(record: Any) -> int:
    """A record's number."""
    if not str(record).isdigit():
        raise Gone("Odoo has no such record.")
    return int(record)


def error_for(error: Any) -> ConnectorError:
    """What an error body means."""
    data = error.get("data") or {} if isinstance(error, dict) else {}
    name, sentence = str(data.get("name", "")), f"Odoo says: {json.dumps(data.get('message', error))[:300]}"
    if name.endswith("MissingError"):
        return Gone(sentence)
    if name.endswith("AccessDenied"):
        return AuthExpired(sentence)
    if name.endswith(("SerializationFailure", "LockNotAvailable", "OperationalError")):
        return Transient(sentence)
    return Invalid(sentence)
