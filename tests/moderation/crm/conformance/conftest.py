"""Each test of the contract runs against every connector."""

from uuid import uuid4

import pytest

from moderation.crm.connectors import kinds
from moderation.crm.tryton.first_steps import LOGIN, PASSWORD, Admin
from moderation.crm.tryton.home import DATABASE
from tests.moderation.crm.conformance.sides import DROPPED, FAKES, FOLDERS, Side, TrytonPeople, fake_side

KINDS = [pytest.param("tryton", marks=pytest.mark.crm), "webhook", *sorted(FAKES)]


@pytest.fixture(scope="session")
def one_tryton(tryton_home, tmp_path_factory):
    """One running Tryton for the whole contract; each test has records of its own in it."""
    server = tryton_home.start(tmp_path_factory.mktemp("tryton"))
    yield server
    server.stop()


@pytest.fixture(params=KINDS)
def side(request, db, settings):
    if request.param in DROPPED:
        settings.CRM_CONNECTORS = FOLDERS
        kinds.cache_clear()
    if request.param == "tryton":
        server = request.getfixturevalue("one_tryton")
        admin = Admin(server.url, DATABASE)
        own = admin.call("model.res.user.get_preferences", True, {})
        admin.context = {"company": own["company"], "employee": own["employee"]}
        given = {"url": "<url>", "database": DATABASE, "login": LOGIN, "company": ""}
        side = Side("tryton", TrytonPeople(admin), server.port, given, {"password": PASSWORD})
    else:
        side = fake_side(request.param)
    yield side
    kinds.cache_clear()
    side.stop()
    assert not getattr(side.people, "broken", [])


@pytest.fixture
def people(side):
    """Who works in the CRM."""
    return side.people


@pytest.fixture
def connection(side):
    return side.connect()


@pytest.fixture
def connector(connection):
    connector = connection.connector()
    with connector.wire:
        yield connector


@pytest.fixture
def site():
    return uuid4().hex


@pytest.fixture
def contact(connector, site):
    return connector.upsert_contact(f"{site}:contact:1", {"name": "ana", "key": f"{site}-k1"})


@pytest.fixture
def case(connector, site, contact):
    """A contact with a case."""
    return connector.upsert_case(f"{site}:case:1", case_data(contact.id, key=f"{site}-k2"))


def case_data(contact, title="Drops every minute", key="k2"):
    return {
        "title": title,
        "text": "It drops.",
        "product": "Beam 2",
        "contact": contact,
        "key": key,
        "url": "https://x.example/1",
    }


def note_data(site, text="Turn it off.", version=1, key="k3", **more):
    return {"text": text, "version": version, "key": f"{site}-{key}", "is_public": True, "author": "ben", **more}
