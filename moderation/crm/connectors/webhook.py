"""Any system that speaks Standard Webhooks: signed messages out, signed messages in."""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from moderation.crm.connectors._any_shape import AnyShape
from moderation.crm.connectors._proof import lowered
from moderation.crm.connectors._signed import LONGEST_ID, sign
from moderation.crm.connectors.base import STATUSES, Capabilities, Change, RefKind, Remote, Setting
from moderation.crm.connectors.errors import Gone, Invalid

TOLERANCE = 300


class Webhook(AnyShape):
    """One address that takes our messages. What it offers beyond that is said by the optional addresses."""

    kind = "webhook"
    label = _("Webhook (any system)")
    asks: ClassVar[list[Setting]] = [
        Setting("url", _("Address for our messages"), _("Signed POSTs with JSON arrive here.")),
        Setting("secret", _("Signing secret"), _("Begins with whsec_. Both sides sign with it."), is_secret=True),
        Setting("old_secret", _("Previous secret"), _("Accepted while you rotate."), is_secret=True, is_required=False),
        Setting("find_url", _("Address to look records up"), _("Optional: GET ?kind=&ref="), is_required=False),
        Setting("changes_url", _("Address to poll changes"), _("Optional: GET ?cursor=&limit="), is_required=False),
        Setting("record_url", _("Link to a record"), _("Optional, with {kind} and {id}."), is_required=False),
        Setting(
            "paths",
            _("Paths"),
            _("Where your messages say what: name=path, separated by commas. Only those that differ."),
            is_required=False,
        ),
    ]

    def capabilities(self) -> Capabilities:
        return Capabilities(
            finds=bool(self.settings.get("find_url")), polls=bool(self.settings.get("changes_url")), hooks=True
        )

    def check(self) -> str:
        self._post("ping", f"ping:{datetime.now(UTC).timestamp()}", {})
        return str(_("The other side took a signed message."))

    def upsert_contact(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        return self._push("contact", ref, data, known)

    def upsert_case(self, ref: str, data: Mapping[str, Any], known: str = "") -> Remote:
        return self._push("case", ref, data, known)

    def append_note(self, case: str, ref: str, note: Mapping[str, Any], known: str = "") -> Remote:
        told = {**note, "case": case}
        told.pop("is_first", None)  # the other side goes by our reference
        return self._push("note", ref, told, known)

    def set_status(self, case: str, status: str, version: int) -> Remote:
        if status not in STATUSES:
            raise Invalid(f"There is no status “{status}”.")
        answer = self._post(
            "case.status", f"{case}:status:{status}:{version}", {"case": case, "status": status, "version": version}
        )
        return self._remote("case", case, answer)

    def read_case(self, case: str) -> Remote:
        found = self._look("case", id=case)
        if not found:
            raise Gone("The case is gone.")
        return found[0]

    def find(self, kind: RefKind, ref: str, within: str = "") -> list[Remote]:
        return self._look(kind, ref=ref) if self.settings.get("find_url") else []

    def erase(self, kind: RefKind, ref: str, known: str = "", within: str = "") -> None:
        self._post(f"{kind}.erased", f"{ref}:erased", {"ref": ref, "id": known})

    def changes(self, cursor: str, limit: int) -> tuple[list[Change], str]:
        if not self.settings.get("changes_url"):
            return [], cursor
        answer = self._get(self.settings["changes_url"], cursor=cursor, limit=limit)
        if not isinstance(answer, dict) or not isinstance(answer.get("changes"), list):
            raise Invalid("The list of changes is not understood.")
        return [change_of(each) for each in answer["changes"]], str(answer.get("cursor", cursor))

    def verify_webhook(self, method: str, url: str, headers: Mapping[str, str], raw_body: bytes, now: datetime) -> str:
        given = lowered(headers)
        name, stamp = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
        if not name or len(name) > LONGEST_ID or not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
            raise Invalid("The message is not signed.")
        if abs(now.timestamp() - int(stamp)) > TOLERANCE:
            raise Invalid("The message is too old, or from the future.")
        signatures = given.get("webhook-signature", "").split()
        at = datetime.fromtimestamp(int(stamp), UTC)
        for secret in filter(None, (self.secrets.get("secret"), self.secrets.get("old_secret"))):
            expected = sign(secret, name, at, raw_body)
            if any(hmac.compare_digest(expected.encode(), signature.encode()) for signature in signatures):
                return name
        raise Invalid("The signature is wrong.")

    def parse_webhook(self, raw: bytes) -> list[Change]:
        message = self.decode(raw)
        changes = message.get("changes") if isinstance(message, dict) else None
        if not changes and isinstance(message, dict) and message.get("entitlements"):
            return []
        if changes is None:
            changes = [message.get("data")] if isinstance(message, dict) else [None]
        if not isinstance(changes, list) or (not changes and self.settings.get("paths")):
            raise Invalid("The message is not understood.")
        return [change_of(each) for each in changes]

    def _push(self, kind: RefKind, ref: str, data: Mapping[str, Any], known: str) -> Remote:
        answer = self._post(f"{kind}.upserted", str(data.get("key") or ref), {**data, "ref": ref, "id": known})
        return self._remote(kind, known or ref, answer)

    def _look(self, kind: str, **query: str) -> list[Remote]:
        if not self.settings.get("find_url"):
            raise Invalid("This system offers no way to look records up.")
        answer = self._get(self.settings["find_url"], kind=kind, **query)
        return [self._remote(kind, "", each) for each in self._records(answer)]

    def _remote(self, kind: str, fallback: str, answer: Any) -> Remote:
        """What an answer says about a record. An empty answer to a push is allowed: then our reference is its id."""
        if not isinstance(answer, dict):
            raise Invalid("The answer is not understood.")
        record, version = str(answer.get("id") or fallback), answer.get("version", 0)
        if not record or len(record) > LONGEST_ID or not isinstance(version, int) or isinstance(version, bool):
            raise Invalid("The answer names no record.")
        status = answer.get("status") or ""
        if status and status not in STATUSES:
            raise Invalid("The answer has an unknown status.")
        fields = {"title": answer["title"]} if answer.get("title") else {}
        fields |= {"name": answer["name"]} if answer.get("name") else {}
        link = self.settings.get("record_url", "").replace("{kind}", kind).replace("{id}", record)
        return Remote(record, version, link, status, fields)


def change_of(data: Any) -> Change:
    """One change as a message says it; anything unknown is Invalid."""
    if not isinstance(data, dict) or not isinstance(data.get("case"), str | int):
        raise Invalid("A change names no case.")
    version, status = data.get("version", 0), data.get("status") or ""
    if not isinstance(version, int) or isinstance(version, bool) or not 0 <= version < 2**62:
        raise Invalid("A change has no usable version.")
    if status and status not in STATUSES:
        raise Invalid("A change has an unknown status.")
    return Change(
        case=str(data["case"])[:LONGEST_ID],
        id=str(data.get("id") or data["case"])[:LONGEST_ID],
        version=version,
        status=status,
        note=str(data.get("text") or "")[:32_000],
        author=str(data.get("author") or "")[:80],
        is_public=data.get("public") is True,
        is_deleted=data.get("deleted") is True,
    )
