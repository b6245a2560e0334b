"""Salesforce: contacts are contacts, cases are cases, the timeline is the case's comments."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from django.utils.translation import gettext_lazy as _

from moderation.crm.connectors._marks import case_text, is_ours, mark_of, marked, version_in
from moderation.crm.connectors._rest import Rest, entries, moment, next_cursor, since, version_at
from moderation.crm.connectors.base import Capabilities, Change, RefKind, Remote, Setting
from moderation.crm.connectors.errors import (
    AuthExpired,
    Conflict,
    ConnectorError,
    Gone,
    Invalid,
    RateLimited,
    Transient,
)
from moderation.crm.wire import as_json

API = "/services/data/v61.0"
REF = "Porchlight_Ref__c"
OBJECTS = {"contact": "Contact", "case": "Case", "note": "CaseComment"}
CASE_FIELDS = f"Id, Subject, Status, ContactId, SystemModstamp, {REF}"
NOTE_FIELDS = "Id, ParentId, CommentBody, IsPublished, SystemModstamp, CreatedBy.Name"
ERASED = "(erased)"
UNTIL_TOMORROW = 3600.0


class Salesforce(Rest):
    """One Salesforce organisation, by the client credentials of a connected app.

    Our reference is a field of contacts and cases that Salesforce keeps unique (an external id). Comments of cases can
    have no such field: there it is the last line.
    """

    kind = "salesforce"
    label = "Salesforce"
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

    def session(self) -> str:
        return self.keeper.current() or self.keeper.renew("", self._sign_in)

    def renewed(self, session: str) -> str:
        return self.keeper.renew(session, self._sign_in)

    def proof(self, session: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {session}"}

    def _sign_in(self) -> str:
        given = {"client_id": self.settings["client_id"], "client_secret": self.secrets.get("client_secret", "")}
        body = urlencode({"grant_type": "client_credentials", **given}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self.wire.send(
            "POST", "/services/oauth2/token", body=body, headers=headers, is_write=False, understand=not_let_in
        )
        token = as_json(answer).get("access_token")
        if not token:
            raise AuthExpired("Salesforce gave no access token.")
        return str(token)

    def understand(self, status: int, content: bytes) -> ConnectorError | None:
        """Errors come as a list of code and sentence; some codes say something else than their status."""
        if status == 300:
            return Invalid("Salesforce has several records with our reference. Merge them there.")
        try:
            first = json.loads(content)[0]
            code, sentence = str(first["errorCode"]), f"Salesforce says: {str(first['message'])[:300]}"
        except (ValueError, LookupError, TypeError):
            return None
        if code == "REQUEST_LIMIT_EXCEEDED":
            return RateLimited("Salesforce's calls of this day are used up.", UNTIL_TOMORROW)
        if code in {"UNABLE_TO_LOCK_ROW", "SERVER_UNAVAILABLE"}:
            return Transient(sentence)
        if code == "INVALID_SESSION_ID":
            return AuthExpired(sentence)
        if code in {"NOT_FOUND", "ENTITY_IS_DELETED"}:
            return Gone(sentence)
        return Invalid(sentence)

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
        entry = known or next((found.id for found in self.find("note", ref, case)), "")
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

    def _upsert(self, kind: RefKind, ref: str, values: dict[str, Any], known: str) -> str:
        """By our reference, which Salesforce keeps unique; a record that we know must still be there."""
        if known:
            self.call("PATCH", f"{API}/sobjects/{OBJECTS[kind]}/{name_of(known)}", values)
            return known
        answer = self.call("PATCH", f"{API}/sobjects/{OBJECTS[kind]}/{REF}/{quote(ref, safe='')}", values)
        if not (isinstance(answer, dict) and answer.get("success") and answer.get("id")):
            raise Invalid("Salesforce did not say what became of the record.")
        return str(answer["id"])

    def _ask(self, question: str) -> list[dict[str, Any]]:
        return entries(self.call("GET", f"{API}/query", q=question), "records")

    def _comments(self, case: str) -> list[dict[str, Any]]:
        """All comments of a case. Salesforce cannot look into their text, so we do."""
        return self._ask(f"SELECT {NOTE_FIELDS} FROM CaseComment WHERE ParentId = {quoted(case)} ORDER BY CreatedDate")

    def _contact(self, record: str) -> Remote:
        rows = self._ask(f"SELECT Id, LastName, SystemModstamp FROM Contact WHERE Id = {quoted(record)}")
        if not rows:
            raise Gone("The contact is gone from Salesforce.")
        version = version_at(rows[0]["SystemModstamp"])
        return Remote(record, version, self._link("Contact", record), "", {"name": rows[0]["LastName"]})

    def _case(self, row: dict[str, Any]) -> Remote:
        fields = {"title": row["Subject"], "contact": row.get("ContactId") or ""}
        link, version = self._link("Case", row["Id"]), version_at(row["SystemModstamp"])
        return Remote(row["Id"], version, link, self.status_of(row["Status"]), fields)

    def _note(self, row: dict[str, Any]) -> Remote:
        return Remote(row["Id"], version_in(row["CommentBody"]), self._link("Case", row["ParentId"]))

    def _as_comment(self, row: dict[str, Any]) -> Change:
        version, author = version_at(row["SystemModstamp"]), (row.get("CreatedBy") or {}).get("Name", "")
        text, when = row["CommentBody"], moment(row["SystemModstamp"])
        return Change(row["ParentId"], row["Id"], version, "", text, author, bool(row["IsPublished"]), at=when)

    def _link(self, name: str, record: str) -> str:
        return f"{self.settings['url'].rstrip('/')}/lightning/r/{name}/{record}/view"


def not_let_in(status: int, _content: bytes) -> ConnectorError | None:
    """Why no token was given: a client that is not known is 400 or 401."""
    return AuthExpired("Salesforce does not accept the client id or its secret.") if status in {400, 401} else None


def quoted(value: str) -> str:
    """A text inside a question to Salesforce."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def at(milliseconds: int) -> str:
    """A time inside a question to Salesforce, which knows no quotes around times."""
    return (
        datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{milliseconds % 1000:03d}Z"
    )


def name_of(record: str) -> str:
    """A record's id, which is part of an address, so nothing else may be in it."""
    if not record.isalnum() or not record.isascii():
        raise Gone("Salesforce has no such record.")
    return record


def shortened(text: str, url: str) -> str:
    """As much of a text as a comment can hold beside our mark."""
    room = 3_700 - len(url.encode())
    raw = text.encode()
    return text if len(raw) <= room else raw[:room].decode(errors="ignore") + f" … {url}"
