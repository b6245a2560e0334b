"""Zendesk's records as rows: reading and blacking them out, and telling what they are in the words of the contract."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from moderation.crm.connectors._fields import nested
from moderation.crm.connectors._marks import version_in
from moderation.crm.connectors._rest import Rest, entries, moment, version_at
from moderation.crm.connectors.base import Change, RefKind, Remote
from moderation.crm.connectors.errors import ConnectorError, Gone, Invalid

ERASED = "(erased)"
OBJECTS = {"contact": "user", "case": "ticket"}


class Records(Rest):
    """What the connector knows about users, tickets and comments."""

    def proof(self, session: str) -> dict[str, str]:
        pair = f"{self.settings['email']}/token:{self.secrets.get('token', '')}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}

    def understand(self, status: int, content: bytes) -> ConnectorError | None:
        """422 says in its body what is wrong with a record; people need that sentence."""
        if status != 422:
            return None
        try:
            said = json.loads(content)
        except ValueError:
            return None
        return Invalid(f"Zendesk says: {str(said.get('details') or said.get('description') or said)[:300]}")

    def _comments(self, case: str) -> list[dict[str, Any]]:
        return entries(self.call("GET", f"/api/v2/tickets/{number(case)}/comments"), "comments")

    def _redact(self, case: str, comment: dict[str, Any]) -> None:
        """Black out a whole comment, its words and our mark: this cannot be undone, also not by Zendesk."""
        body = {"ticket_id": number(case), "html_body": f"<redact>{comment['html_body']}</redact>"}
        self.call("PUT", f"/api/v2/comment_redactions/{number(comment['id'])}", body)

    def _forget(self, user: str) -> None:
        self.call("PUT", f"/api/v2/users/{number(user)}", {"user": {"name": ERASED}})
        for way in entries(self.call("GET", f"/api/v2/users/{number(user)}/identities"), "identities"):
            self.call("DELETE", f"/api/v2/users/{number(user)}/identities/{way['id']}")

    def whole(self, kind: RefKind, record: str) -> dict[str, Any]:
        return self._with_custom_fields(self._there(kind, record))

    def set_fields(self, kind: RefKind, record: str, fields: Mapping[str, str]) -> Remote:
        name = OBJECTS[kind]
        self.call("PUT", f"/api/v2/{name}s/{number(record)}", {name: self._as_custom_fields(fields)})
        return self.read_case(record) if kind == "case" else self.read_contact(record)

    def _there(self, kind: RefKind, name: str) -> dict[str, Any]:
        return record(self.call("GET", f"/api/v2/{OBJECTS[kind]}s/{number(name)}"), OBJECTS[kind])

    def _with_custom_fields(self, row: dict[str, Any]) -> dict[str, Any]:
        """A ticket lists the fields that a company made as numbers with values; here each has its path."""
        listed = row.get("custom_fields") or []
        custom = {"custom_fields": {str(each["id"]): each.get("value") for each in listed}} if listed else {}
        return {name: value for name, value in row.items() if name != "fields"} | custom

    def _as_custom_fields(self, fields: Mapping[str, str]) -> dict[str, Any]:
        row = nested(fields)
        if isinstance(row.get("custom_fields"), dict):
            row["custom_fields"] = [{"id": number(name), "value": v} for name, v in row["custom_fields"].items()]
        return row

    def _user(self, row: dict[str, Any]) -> Remote:
        fields = {"name": row["name"], "email": row.get("email") or ""}
        link = f"{self.settings['url'].rstrip('/')}/agent/users/{row['id']}"
        return Remote(str(row["id"]), version_at(row["updated_at"]), link, "", fields)

    def _ticket(self, row: dict[str, Any]) -> Remote:
        if row.get("status") == "deleted":
            raise Gone("The ticket was deleted in Zendesk.")
        link = f"{self.settings['url'].rstrip('/')}/agent/tickets/{row['id']}"
        fields = {"title": row["subject"], "contact": str(row.get("requester_id") or "")}
        return Remote(str(row["id"]), version_at(row["updated_at"]), link, self.status_of(row["status"]), fields)

    def _note(self, row: dict[str, Any], case: str) -> Remote:
        link = f"{self.settings['url'].rstrip('/')}/agent/tickets/{case}"
        return Remote(str(row["id"]), version_in(row["body"]), link)

    def _as_comment(self, row: dict[str, Any], case: str) -> Change:
        at = moment(row["created_at"])
        return Change(
            case, str(row["id"]), version_at(row["created_at"]), "", row["body"], "", bool(row["public"]), at=at
        )


def number(name: Any) -> int:
    """A record's number, which is part of an address, so nothing else may be in it."""
    if not str(name).isdigit():
        raise Gone("Zendesk has no such record.")
    return int(name)


def record(answer: Any, name: str) -> dict[str, Any]:
    """The record of that name in an answer; anything else is Invalid."""
    found = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(found, dict) or "id" not in found:
        raise Invalid(f"The answer has no “{name}”.")
    return found
