"""Tryton's records as rows: reading them, and telling what they are in the words of the contract."""

from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from moderation.crm.connectors._tryton_rpc import Rpc
from moderation.crm.connectors.base import Change, Connector, Remote
from moderation.crm.connectors.errors import Gone, Invalid

PARTY, CASE, MESSAGE = "model.party.party", "model.sale.opportunity", "model.ir.chat.message"
CHANNEL = "model.ir.chat.channel"
WAYS = {"phone", "mobile", "fax", "website"}
"""Fields of a party that Tryton reads from its contact mechanisms, and lets nobody change but there."""
MODELS = {"contact": PARTY, "case": CASE}
STATUS_OF = {
    "lead": "new",
    "opportunity": "working",
    "converted": "solved",
    "won": "solved",
    "lost": "closed",
    "cancelled": "closed",
}
CASE_FIELDS = ["state", "description", "comment", "party", "number", "reference", "create_date", "write_date"]
NOTE_FIELDS = ["content", "audience", "channel", "create_date", "write_date", "user.rec_name"]


class Records(Connector):
    """What the connector knows about parties, opportunities and chat messages."""

    @cached_property
    def rpc(self) -> Rpc:
        named = self.settings
        return Rpc(self.wire, self.keeper, named["database"], named["login"], self.secrets.get("password", ""))

    @cached_property
    def context(self) -> dict[str, Any]:
        """What every call carries: the company, without which Tryton knows no opportunities."""
        own = self.rpc.call("model.res.user.get_preferences", True, {})
        company = int(self.settings.get("company") or own.get("company") or 0)
        if not company:
            raise Invalid("The Tryton user belongs to no company.")
        context = {"company": company, "companies": [company], "language": "en"}
        return {**context, "employee": own["employee"]} if own.get("employee") else context

    def find_contacts(self, email: str) -> list[Remote]:
        where = [["type", "=", "email"], ["value", "ilike", email]]
        rows = self._search("model.party.contact_mechanism", where, ["party"])
        return [self.read_contact(party) for party in sorted({str(row["party"]) for row in rows}, key=int)]

    def read_contact(self, contact: str) -> Remote:
        party = self._party(contact)
        where = [["party", "=", int(contact)], ["type", "=", "email"]]
        ways = self._search("model.party.contact_mechanism", where, ["value"])
        return replace(party, fields={**party.fields, "email": ways[0]["value"] if ways else ""})

    def _create_party(self, ref: str, values: dict[str, Any]) -> int:
        try:
            return int(self.rpc.call(f"{PARTY}.create", [{**values, "code": ref}], self.context)[0])
        except Invalid:  # somebody else made it a moment ago: the code is unique
            found = self.find("contact", ref)
            if not found:
                raise
            return int(found[0].id)

    def _write_email(self, party: int, email: str) -> None:
        """The party's mail address is the one we sent; other ways to reach it are the CRM's own."""
        where = [["party", "=", party], ["type", "=", "email"], ["comment", "=", "Porchlight"]]
        found = self._search("model.party.contact_mechanism", where, ["value"])
        if not found:
            values = {"party": party, "type": "email", "value": email, "comment": "Porchlight"}
            self.rpc.call("model.party.contact_mechanism.create", [values], self.context)
        elif found[0]["value"] != email:
            self.rpc.call("model.party.contact_mechanism.write", [found[0]["id"]], {"value": email}, self.context)

    def _write_way(self, party: int, way: str, value: str) -> None:
        """The first mechanism of a kind, which is the one that Tryton shows in the field of the same name."""
        mechanism = "model.party.contact_mechanism"
        found = self._search(mechanism, [["party", "=", party], ["type", "=", way]], ["value"])
        if not found and value:
            self.rpc.call(f"{mechanism}.create", [{"party": party, "type": way, "value": value}], self.context)
        elif found and value:
            self.rpc.call(f"{mechanism}.write", [found[0]["id"]], {"value": value}, self.context)
        elif found:
            self.rpc.call(f"{mechanism}.delete", [found[0]["id"]], self.context)

    def _erase_party(self, party: int) -> None:
        where = [["party", "=", party], ["active", "in", [True, False]]]
        ways = [row["id"] for row in self._search("model.party.contact_mechanism", where, ["value"])]
        if ways:
            self.rpc.call("model.party.contact_mechanism.delete", ways, self.context)
        self.rpc.call(f"{PARTY}.write", [party], {"name": "(erased)"}, self.context)

    def _party(self, party: str) -> Remote:
        return self._as_party(self._read(PARTY, party, ["name", "code", "create_date", "write_date"]))

    def _as_party(self, row: dict[str, Any]) -> Remote:
        return Remote(str(row["id"]), version_of(row), self._link("party.party", row["id"]), "", {"name": row["name"]})

    def _case(self, case: str) -> Remote:
        return self._as_case(self._read(CASE, case, CASE_FIELDS))

    def _as_case(self, row: dict[str, Any]) -> Remote:
        fields = {"title": row["description"], "number": row["number"], "contact": str(row["party"] or "")}
        status = STATUS_OF.get(row["state"])
        if status is None:
            raise Invalid(f"Tryton has an unknown state “{row['state']}”.")
        return Remote(str(row["id"]), version_of(row), self._link("sale.opportunity", row["id"]), status, fields)

    def _as_comment(self, row: dict[str, Any], case: str) -> Change:
        author = (row.get("user.") or {}).get("rec_name", "")
        return Change(
            case=case,
            id=str(row["id"]),
            version=version_of(row),
            note=row["content"],
            author=author,
            is_public=row["audience"] == "public",
            at=row["write_date"] or row["create_date"],
        )

    def _read(self, model: str, record: str, fields: list[str]) -> dict[str, Any]:
        rows = self.rpc.call(f"{model}.read", [int(record)], fields, self.context)
        if not rows:
            raise Gone(f"{model} {record} is gone.")
        return rows[0]

    def _search(self, model: str, where: list[Any], fields: list[str], limit: int = 50) -> list[dict[str, Any]]:
        rows = self.rpc.call(f"{model}.search_read", where, 0, limit, [["id", "ASC"]], fields, self.context)
        if not isinstance(rows, list):
            raise Invalid("Tryton answered something unknown.")
        return rows

    def _since(
        self, model: str, since: datetime, where: list[Any], fields: list[str], limit: int
    ) -> list[dict[str, Any]]:
        """Rows written or made since then, the longest unchanged first."""
        made = [["write_date", "=", None], ["create_date", ">=", since]]
        moved = ["OR", [["write_date", ">=", since]], made]
        order = [["write_date", "ASC NULLS FIRST"], ["create_date", "ASC"], ["id", "ASC"]]
        return self.rpc.call(f"{model}.search_read", [*where, moved], 0, limit, order, fields, self.context)

    def _link(self, model: str, record: Any) -> str:
        """Where Tryton's own client shows the record."""
        return f"{self.settings['url'].rstrip('/')}/#{self.settings['database']}/model/{model}/{record}"


def version_of(row: dict[str, Any]) -> int:
    """When the row last changed, in microseconds: a version that only grows."""
    at = row.get("write_date") or row["create_date"]
    return round(at.timestamp() * 1_000_000)
