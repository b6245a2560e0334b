"""Odoo's JSON-RPC and its records, told in the words of the contract."""

import html
import json
from typing import Any

from django.utils.html import strip_tags

from moderation.crm.connectors._marks import version_in
from moderation.crm.connectors._rest import Rest, moment, version_at
from moderation.crm.connectors.base import Change, RefKind, Remote
from moderation.crm.connectors.errors import AuthExpired, ConnectorError, Gone, Invalid, Transient

READS = {"read", "search", "search_read", "search_count", "authenticate", "version", "check_access_rights"}
MODELS = {"contact": "res.partner", "case": "crm.lead", "note": "mail.message"}
CASE_FIELDS = ["name", "stage_id", "partner_id", "active", "write_date", "referred"]
NOTE_FIELDS = ["body", "res_id", "is_internal", "subtype_id", "author_id", "write_date"]
ERASED = "(erased)"
LOST = "lost"
"""Not a stage in Odoo, but a lead that was put away."""
PUBLIC: list[Any] = [["is_internal", "=", False], ["message_type", "=", "comment"], ["subtype_id.internal", "=", False]]
"""Which messages the customer would get by mail: comments, not notes to colleagues."""


class Records(Rest):
    """What the connector knows about partners, leads and messages."""

    def session(self) -> str:
        return self.keeper.current() or self.keeper.renew("", self._sign_in)

    def renewed(self, session: str) -> str:
        return self.keeper.renew(session, self._sign_in)

    def proof(self, session: str) -> dict[str, str]:
        return {}

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
        rows = self._search("res.partner", [["id", "=", number(record)]], ["name", "email", "write_date"])
        if not rows:
            raise Gone("The partner is gone from Odoo.")
        fields = {"name": rows[0]["name"], "email": rows[0]["email"] or ""}
        version = version_at(rows[0]["write_date"])
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
