"""Zendesk: contacts are users, cases are tickets, the timeline is the ticket's comments."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from moderation.crm.connectors._marks import case_text, is_ours, mark_of, marked, version_in
from moderation.crm.connectors._proof import lowered, refuse_unsigned, refuse_untimely
from moderation.crm.connectors._rest import entries, moment, next_cursor, since, version_at
from moderation.crm.connectors._zendesk_records import ERASED, Records, number, record
from moderation.crm.connectors.base import Capabilities, Change, RefKind, Remote, Setting
from moderation.crm.connectors.errors import Conflict, Invalid


class Zendesk(Records):
    """One Zendesk, by an agent's API token. Our reference is the external id of users and tickets.

    A comment has no field of ours and cannot be changed: our reference is its last line, and a new wording redacts
    the old one and follows it.
    """

    kind = "zendesk"
    label = "Zendesk"
    own_fields = frozenset({"id", "name", "email", "external_id", "subject", "requester_id", "comment", "status"})
    asks: ClassVar[list[Setting]] = [
        Setting("url", _("Address"), _("Such as https://example.zendesk.com")),
        Setting("email", _("Agent's mail address"), _("An agent of its own for the community.")),
        Setting("token", _("API token"), is_secret=True),
        Setting("hook_secret", _("Signing secret"), _("Optional: proves messages."), is_secret=True, is_required=False),
        Setting(
            "statuses",
            _("Statuses"),
            default="new=new, working=open, waiting=pending, waiting=hold, solved=solved, closed=closed",
        ),
    ]

    def capabilities(self) -> Capabilities:
        return Capabilities(hooks=bool(self.secrets.get("hook_secret")), edits_notes=False)

    def check(self) -> str:
        user = self.call("GET", "/api/v2/users/me")["user"]
        if not user.get("id") or user.get("role") not in {"agent", "admin"}:
            raise Invalid("This token belongs to no agent.")
        return str(_("Reached Zendesk as %(name)s.")) % {"name": user["name"]}

    def upsert_contact(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        values = {"name": data["name"], **({"email": data["email"]} if data.get("email") else {})}
        if known:
            answer = self.call("PUT", f"/api/v2/users/{number(known)}", {"user": values})
        else:
            answer = self.call("POST", "/api/v2/users/create_or_update", {"user": {**values, "external_id": ref}})
        return self._user(record(answer, "user"))

    def upsert_case(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        case = known or next((found.id for found in self.find("case", ref)), "")
        if case:
            ticket = {"subject": data["title"], "requester_id": number(data["contact"])}
            answer = self.call("PUT", f"/api/v2/tickets/{number(case)}", {"ticket": ticket})
        else:
            comment = {"body": marked(case_text(data), ref, 1), "public": False}
            ticket = {"subject": data["title"], "requester_id": number(data["contact"]), "comment": comment}
            ticket |= {"external_id": ref, "status": self.word_for("new")}
            answer = self.call("POST", "/api/v2/tickets", {"ticket": ticket}, said_as=str(data.get("key") or ref))
        return self._ticket(record(answer, "ticket"))

    def append_note(self, case: str, ref: str, note: Mapping[str, Any], known: str = "") -> Remote:
        version = int(note.get("version", 1))
        there = [row for row in self._comments(case) if mark_of(ref) in row["body"]]
        for row in there:
            if version_in(row["body"]) >= version:
                return self._note(row, case)
        for row in there:
            self._redact(case, row)
        comment = {"body": marked(note["text"], ref, version), "public": bool(note.get("is_public"))}
        self.call("PUT", f"/api/v2/tickets/{number(case)}", {"ticket": {"comment": comment}})
        made = [row for row in self._comments(case) if mark_of(ref) in row["body"]]
        if not made:
            raise Invalid("Zendesk took a comment, but does not show it.")
        return self._note(made[-1], case)

    def set_status(self, case: str, status: str, version: int) -> Remote:
        """With `safe_update` Zendesk itself refuses (409) what was decided on an older state."""
        word, now = self.word_for(status), record(self.call("GET", f"/api/v2/tickets/{number(case)}"), "ticket")
        if version and version_at(now["updated_at"]) > version:
            raise Conflict("The ticket changed in Zendesk meanwhile.")
        if now["status"] == word:
            return self._ticket(now)
        ticket = {"status": word, "safe_update": True, "updated_stamp": now["updated_at"]}
        return self._ticket(record(self.call("PUT", f"/api/v2/tickets/{number(case)}", {"ticket": ticket}), "ticket"))

    def read_case(self, case: str) -> Remote:
        return self._ticket(record(self.call("GET", f"/api/v2/tickets/{number(case)}"), "ticket"))

    def find(self, kind: RefKind, ref: str, within: str = "") -> list[Remote]:
        if kind == "contact":
            found = entries(self.call("GET", "/api/v2/users/search", external_id=ref), "users")
            return [self._user(row) for row in sorted(found, key=lambda row: row["id"])]
        if kind == "case":
            found = entries(self.call("GET", "/api/v2/tickets", external_id=ref), "tickets")
            return [self._ticket(row) for row in sorted(found, key=lambda row: row["id"])]
        rows = self._comments(within) if within else []
        return [self._note(row, within) for row in rows if mark_of(ref) in row["body"]]

    def find_contacts(self, email: str) -> list[Remote]:
        found = entries(self.call("GET", "/api/v2/users/search", query=f"email:{email}"), "users")
        return [self._user(row) for row in sorted(found, key=lambda row: row["id"])]

    def read_contact(self, contact: str) -> Remote:
        return self._user(record(self.call("GET", f"/api/v2/users/{number(contact)}"), "user"))

    def missing(self, cases: list[str]) -> set[str]:
        found: set[str] = set()
        for start in range(0, len(cases), 100):
            answer = self.call("GET", "/api/v2/tickets/show_many", ids=",".join(cases[start : start + 100]))
            found |= {str(row["id"]) for row in entries(answer, "tickets")}
        return set(cases) - found

    def discard(self, kind: RefKind, record: str) -> None:
        if kind != "case":
            raise Invalid("Merge these in Zendesk by hand.")
        self.call("DELETE", f"/api/v2/tickets/{number(record)}")

    def erase(self, kind: RefKind, ref: str, known: str = "", within: str = "") -> None:
        """A user loses name and addresses, a ticket its subject, and each comment of ours its words."""
        if kind == "note":
            for row in self._comments(within):
                if mark_of(ref) in row["body"]:
                    self._redact(within, row)
            return
        for found in [known] if known else [row.id for row in self.find(kind, ref)]:
            if kind == "contact":
                self._forget(found)
            else:
                self.call("PUT", f"/api/v2/tickets/{number(found)}", {"ticket": {"subject": ERASED}})
                for row in self._comments(found):
                    if mark_of(ref) in row["body"]:
                        self._redact(found, row)

    def notes(self, case: str) -> list[Change]:
        return [self._as_comment(row, case) for row in self._comments(case) if row["public"]]

    def changes(self, cursor: str, limit: int) -> tuple[list[Change], str]:
        """Tickets with a reference of ours that moved, and the public comments of each that came since."""
        start = since(cursor)
        answer = self.call("GET", "/api/v2/incremental/tickets", start_time=start // 1000, per_page=limit)
        rows = entries(answer, "tickets")
        news: list[Change] = []
        for row in [row for row in rows if ":case:" in (row.get("external_id") or "") and row["status"] != "deleted"]:
            there = self._ticket(row)
            news.append(Change(there.id, there.id, there.version, there.status))
            fresh = [each for each in self._comments(there.id) if version_at(each["created_at"]) >= start]
            news += [self._as_comment(each, there.id) for each in fresh if each["public"] and not is_ours(each["body"])]
        return news, next_cursor(start, [[version_at(row["updated_at"]) for row in rows]], limit)

    def verify_webhook(self, method: str, url: str, headers: Mapping[str, str], raw_body: bytes, now: Any) -> str:
        given = lowered(headers)
        sent, name = (
            given.get("x-zendesk-webhook-signature-timestamp", ""),
            given.get("x-zendesk-webhook-invocation-id", ""),
        )
        if not sent or not name or len(name) > 255:
            raise Invalid("The message is not signed.")
        refuse_untimely(moment(sent), now)
        signature = given.get("x-zendesk-webhook-signature", "")
        refuse_unsigned(self.secrets.get("hook_secret", ""), sent.encode() + raw_body, signature)
        return name

    def parse_webhook(self, raw: bytes) -> list[Change]:
        """An event about a ticket. What it says of the status is a hint: the ticket itself is read afterwards."""
        try:
            event = json.loads(raw)
            ticket = event["detail"]
            case, version = str(ticket["id"]), version_at(ticket["updated_at"])
        except (ValueError, RecursionError, KeyError, TypeError) as error:
            raise Invalid("The message is not understood.") from error
        if event.get("type") in {"zen:event-type:ticket.soft_deleted", "zen:event-type:ticket.permanently_deleted"}:
            return [Change(case, case, version, is_deleted=True)]
        return [Change(case, case, version, self.status_of(str(ticket.get("status")).lower()))]
