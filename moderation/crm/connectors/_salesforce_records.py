"""Salesforce's sign-in, questions and records, told in the words of the contract."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from moderation.crm.connectors._marks import version_in
from moderation.crm.connectors._rest import Rest, entries, moment, version_at
from moderation.crm.connectors.base import Change, RefKind, Remote
from moderation.crm.connectors.errors import (
    AuthExpired,
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


class Records(Rest):
    """What the connector knows about contacts, cases and comments."""

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
        rows = self._ask(f"SELECT Id, LastName, Email, SystemModstamp FROM Contact WHERE Id = {quoted(record)}")
        if not rows:
            raise Gone("The contact is gone from Salesforce.")
        version = version_at(rows[0]["SystemModstamp"])
        fields = {"name": rows[0]["LastName"], "email": rows[0].get("Email") or ""}
        return Remote(record, version, self._link("Contact", record), "", fields)

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
