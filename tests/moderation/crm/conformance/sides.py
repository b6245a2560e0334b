"""The other sides that the contract is tried against: a real Tryton, and stateful fakes of what cannot run here."""

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as conf

from moderation.crm.connectors import reach
from moderation.crm.models import Connection
from moderation.crm.sealing import seal
from tests.fault_proxy import FaultProxy
from tests.moderation.crm.fakes import hubspot, odoo, salesforce, xml, zendesk
from tests.moderation.crm.receiver import OLD_SECRET, SECRET, Receiver

LACKS = {
    "tryton": {"messages", "two secrets"},
    "hubspot": {"two secrets", "sessions"},
    "zendesk": {"two secrets", "sessions"},
    "salesforce": {"messages", "two secrets"},
    "odoo": {"messages", "two secrets"},
    "webhook": {"look-up by address", "sessions", "deleted cases"},
    "xml": {"look-up by address", "sessions", "deleted cases"},
}
"""What each system does not offer, in the words of docs/connectors.md: the tests of it are skipped, no others."""
STATES = {"working": "opportunity", "solved": "convert", "closed": "cancel"}


def skip_unless(side, offered):
    """Nothing to test where the system does not offer it."""
    lacks = DROPPED[side.kind].LACKS if side.kind in DROPPED else LACKS[side.kind]
    if offered in lacks:
        pytest.skip(f"{side.kind} has no {offered}, as docs/connectors.md says")


@dataclass
class Side:
    """One CRM behind a faulty line, how we reach it, and the people who work in it."""

    kind: str
    people: Any
    port: int
    settings: dict
    secrets: dict
    proxy: FaultProxy = field(init=False)

    def __post_init__(self):
        self.proxy = FaultProxy(self.port)
        self.settings = {name: value.replace("<url>", self.proxy.url) for name, value in self.settings.items()}

    def connect(self):
        """Our connection to it, through the faulty line."""
        fields = {"name": self.kind, "kind": self.kind, "rate": 1000, "tokens": 1000}
        return Connection.objects.create(settings=self.settings, sealed=seal(self.secrets), **fields)

    def stop(self):
        """The line, and a fake behind it."""
        self.proxy.stop()
        self.people.stop()


class TrytonPeople:
    """What people do in Tryton, by its own interface."""

    def __init__(self, admin):
        self.admin = admin

    def stop(self):
        """Its server is stopped by whoever started it."""

    def move(self, case, status):
        self.admin.call(f"model.sale.opportunity.{STATES[status]}", [int(case)], self.admin.context)

    def comment(self, case, text, public=True):
        audience = "public" if public else "internal"
        resource = f"sale.opportunity,{int(case)}"
        self.admin.call("model.ir.chat.channel.post", resource, text, audience, self.admin.context)

    def add_contact(self, name, email):
        ways = [["create", [{"type": "email", "value": email}]]]
        return str(self.admin.create("party.party", name=name, contact_mechanisms=ways))

    def delete(self, case):
        self.admin.call("model.sale.opportunity.cancel", [int(case)], self.admin.context)
        self.admin.call("model.sale.opportunity.delete", [int(case)], self.admin.context)

    def delete_note(self, note):
        self.admin.call("model.ir.chat.message.delete", [int(note)], self.admin.context)

    def contact_of(self, case):
        (row,) = self.admin.search("sale.opportunity", [["id", "=", int(case)]], ["party"])
        return str(row["party"])

    def texts(self, case):
        where = [["channel.resource", "=", f"sale.opportunity,{int(case)}"]]
        return [row["content"] for row in self.admin.search("ir.chat.message", where, ["content"])]


def fake_side(kind):
    """A fake with its settings, started."""
    if kind == "webhook":
        people = Receiver()
        looks = {"find_url": "<url>/find", "changes_url": "<url>/changes"}
        return Side(kind, people, people.port, {"url": "<url>", **looks}, {"secret": SECRET, "old_secret": OLD_SECRET})
    people = FAKES[kind]()
    return Side(kind, people, people.port, {"url": "<url>", **SETTINGS[kind]}, SECRETS[kind])


def dropped_in(folders):
    """The fakes of connectors that stand in other folders, each beside its own connector."""
    reach(folders)
    names = [path.parent.name for folder in folders for path in sorted(Path(folder).glob("*/fake.py"))]
    return {name: import_module(f"moderation.crm.connectors.{name}.fake") for name in names}


EXAMPLES = Path(__file__).parents[1] / "examples"
FOLDERS = [str(EXAMPLES), *conf.CRM_CONNECTORS]
DROPPED = dropped_in(FOLDERS)
FAKES = {
    "hubspot": hubspot.FakeHubSpot,
    "odoo": odoo.FakeOdoo,
    "salesforce": salesforce.FakeSalesforce,
    "xml": xml.FakeXml,
    "zendesk": zendesk.FakeZendesk,
}
SETTINGS = {
    "hubspot": {"portal": "42"},
    "odoo": {"database": odoo.DATABASE, "login": odoo.LOGIN},
    "salesforce": {"client_id": salesforce.CLIENT_ID},
    "xml": {"find_url": "<url>/find", "changes_url": "<url>/changes", "paths": xml.PATHS},
    "zendesk": {"email": zendesk.EMAIL},
}
SECRETS = {
    "hubspot": {"token": hubspot.TOKEN, "client_secret": hubspot.CLIENT_SECRET},
    "odoo": {"key": odoo.KEY},
    "salesforce": {"client_secret": salesforce.CLIENT_SECRET},
    "xml": {"secret": SECRET, "old_secret": OLD_SECRET},
    "zendesk": {"token": zendesk.TOKEN, "hook_secret": zendesk.HOOK_SECRET},
}
FIELDS = {
    "hubspot": ("community_page", "product_line"),
    "odoo": ("website", "x_product"),
    "salesforce": ("Community_Page__c", "Product_Line__c"),
    "tryton": ("website", "lost_reason"),
    "webhook": ("links/community", "facts/product"),
    "xml": ("links/community", "facts/product"),
    "zendesk": ("user_fields/community_page", "custom_fields/360"),
}
"""A field of contacts and one of cases that only this company has."""
for kind, fake in DROPPED.items():
    FAKES[kind], SETTINGS[kind], SECRETS[kind], FIELDS[kind] = fake.Fake, fake.SETTINGS, fake.SECRETS, fake.FIELDS
WRONG = {"secret": "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"} | dict.fromkeys(
    ("password", "token", "key", "client_secret"), "wrong-word"
)
