"""Burrow: contacts are people, cases are issues, the timeline is remarks. An invented CRM, as an example to copy."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote

from moderation.crm.connectors._fields import nested
from moderation.crm.connectors._marks import case_text
from moderation.crm.connectors._proof import lowered, refuse_unsigned, refuse_untimely
from moderation.crm.connectors._rest import Rest, entries, moment, next_cursor, since, version_at
from moderation.crm.connectors.base import Capabilities, Change, RefKind, Remote, Setting
from moderation.crm.connectors.errors import Conflict, Gone, Invalid

NAMES = {"contact": "people", "case": "issues", "note": "remarks"}


class Burrow(Rest):
    """One Burrow, by a token. Every record has a key of its own, which Burrow keeps unique: our reference."""

    kind, label = "burrow", "Burrow"
    asks: ClassVar[list[Setting]] = [
        Setting("url", "Address", "Such as https://example.burrow.test"),
        Setting("token", "Token", is_secret=True),
        Setting("hook_secret", "Signing secret", "Optional: proves messages.", is_secret=True, is_required=False),
        Setting("statuses", "States", default="new=fresh, working=open, waiting=paused, solved=done, closed=shut"),
    ]
    own_fields = frozenset({"id", "key", "name", "email", "person", "subject", "body", "state", "changed"})

    def capabilities(self) -> Capabilities:
        return Capabilities(hooks=bool(self.secrets.get("hook_secret")))

    def proof(self, session: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secrets['token']}"}

    def check(self) -> str:
        self.word_for("new")  # a setting that nobody understands is told now
        return f"Reached Burrow as {self.call('GET', '/me')['name']}."

    def upsert_contact(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        values = {"name": data["name"], **({"email": data["email"]} if data.get("email") else {})}
        if known:
            return self.remote(self.call("PATCH", f"/people/{number(known)}", values), "contact")
        return self.remote(self.call("PUT", f"/people/by-key/{quote(ref, safe='')}", values), "contact")

    def upsert_case(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        values = {"subject": data["title"], "body": case_text(data), "person": number(data["contact"])}
        case = known or next((found.id for found in self.find("case", ref)), "")
        if case:
            return self.remote(self.call("PATCH", f"/issues/{number(case)}", values), "case")
        return self.remote(self.call("POST", "/issues", {**values, "key": ref, "state": self.word_for("new")}), "case")

    def append_note(self, case: str, ref: str, note: Mapping[str, Any], known: str = "") -> Remote:
        values = {"body": note["text"], "is_public": bool(note.get("is_public")), "revision": note.get("version", 1)}
        there = known or self.looked_up(ref, case, note)
        if there:
            return self.remote(self.call("PATCH", f"/remarks/{number(there)}", values), "note")
        return self.remote(self.call("POST", f"/issues/{number(case)}/remarks", {**values, "key": ref}), "note")

    def set_status(self, case: str, status: str, version: int) -> Remote:
        word, now = self.word_for(status), self.read_case(case)
        if version and now.version > version:
            raise Conflict("The issue changed in Burrow meanwhile.")
        if now.status == status:
            return now
        return self.remote(self.call("PATCH", f"/issues/{number(case)}", {"state": word}), "case")

    def read_case(self, case: str) -> Remote:
        return self.remote(self.call("GET", f"/issues/{number(case)}"), "case")

    def read_contact(self, contact: str) -> Remote:
        return self.remote(self.call("GET", f"/people/{number(contact)}"), "contact")

    def find(self, kind: RefKind, ref: str, within: str = "") -> list[Remote]:
        return [self.remote(row, kind) for row in self.rows(NAMES[kind], key=ref)]

    def find_contacts(self, email: str) -> list[Remote]:
        return [self.remote(row, "contact") for row in self.rows("people", email=email)]

    def whole(self, kind: RefKind, record: str) -> dict[str, Any]:
        return dict(self.call("GET", f"/{NAMES[kind]}/{number(record)}"))

    def set_fields(self, kind: RefKind, record: str, fields: Mapping[str, str]) -> Remote:
        return self.remote(self.call("PATCH", f"/{NAMES[kind]}/{number(record)}", nested(fields)), kind)

    def missing(self, cases: list[str]) -> set[str]:
        return set(cases) - {str(row["id"]) for row in self.rows("issues", ids=",".join(cases))}

    def discard(self, kind: RefKind, record: str) -> None:
        self.call("DELETE", f"/{NAMES[kind]}/{number(record)}")

    def erase(self, kind: RefKind, ref: str, known: str = "", within: str = "") -> None:
        blank = {
            "contact": {"name": "(erased)", "email": ""},
            "case": {"subject": "(erased)", "body": ""},
            "note": {"body": "(erased)"},
        }[kind]
        for record in [known] if known else [found.id for found in self.find(kind, ref)]:
            self.call("PATCH", f"/{NAMES[kind]}/{number(record)}", blank)

    def notes(self, case: str) -> list[Change]:
        rows = entries(self.call("GET", f"/issues/{number(case)}/remarks"), "remarks")
        return [self.comment(row) for row in rows if row["is_public"]]

    def changes(self, cursor: str, limit: int) -> tuple[list[Change], str]:
        start = since(cursor)
        issues, remarks = (self.rows(name, changed_since=start, limit=limit) for name in ("issues", "remarks"))
        ours = [self.remote(row, "case") for row in issues if row["key"]]
        news = [Change(each.id, each.id, each.version, each.status) for each in ours]
        news += [self.comment(row) for row in remarks if row["is_public"] and not row["key"]]
        moved = [[version_at(row["changed"]) for row in rows] for rows in (issues, remarks)]
        return news, next_cursor(start, moved, limit)

    def verify_webhook(self, method: str, url: str, headers: Mapping[str, str], raw_body: bytes, now: datetime) -> str:
        given = lowered(headers)
        sent, name = given.get("x-burrow-time", ""), given.get("x-burrow-delivery", "")
        if not sent or not name or len(name) > 255:
            raise Invalid("The message is not signed.")
        refuse_untimely(moment(sent), now)
        said = f"{sent}.".encode() + raw_body
        refuse_unsigned(self.secrets.get("hook_secret", ""), said, given.get("x-burrow-signature", ""))
        return name

    def parse_webhook(self, raw: bytes) -> list[Change]:
        try:
            told = json.loads(raw)
            case, version = str(told["issue"]), version_at(told["changed"])
            if told.get("deleted"):
                return [Change(case, case, version, is_deleted=True)]
            return [Change(case, case, version, self.status_of(told["state"]))]
        except (ValueError, RecursionError, KeyError, TypeError) as error:
            raise Invalid("The message is not understood.") from error

    # Burrow's rows in the words of the contract.

    def rows(self, name: str, **query: Any) -> list[dict[str, Any]]:
        return entries(self.call("GET", f"/{name}", **query), name)

    def remote(self, row: Any, kind: RefKind) -> Remote:
        if not isinstance(row, dict) or "id" not in row:
            raise Invalid("Burrow answered something unknown.")
        link = f"{self.settings['url'].rstrip('/')}/#/{NAMES[kind]}/{row['id']}"
        if kind == "note":
            return Remote(str(row["id"]), int(row["revision"] or 0), link)
        if kind == "contact":
            fields = {"name": row["name"], "email": row["email"]}
            return Remote(str(row["id"]), version_at(row["changed"]), link, "", fields)
        fields = {"title": row["subject"], "contact": str(row["person"])}
        return Remote(str(row["id"]), version_at(row["changed"]), link, self.status_of(row["state"]), fields)

    def comment(self, row: dict[str, Any]) -> Change:
        version, at = version_at(row["changed"]), moment(row["changed"])
        return Change(
            str(row["issue"]), str(row["id"]), version, "", row["body"], row["by"], bool(row["is_public"]), at=at
        )


def number(record: Any) -> int:
    """A record's number, which is part of an address, so nothing else may be in it."""
    if not str(record).isdigit():
        raise Gone("Burrow has no such record.")
    return int(record)
