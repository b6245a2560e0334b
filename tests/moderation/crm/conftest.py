"""A receiver of webhooks, and a real Tryton: installed once for this machine, copied for each test."""

import os
from pathlib import Path

import pytest

from moderation.crm.models import Connection
from moderation.crm.sealing import seal
from moderation.crm.tryton.first_steps import LOGIN, PASSWORD, Admin
from moderation.crm.tryton.home import DATABASE, Home
from tests.fault_proxy import FaultProxy
from tests.moderation.crm.conformance.sides import fake_side
from tests.moderation.crm.receiver import Receiver
from tests.moderation.crm.scenes import connect_webhook


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.stop()


@pytest.fixture
def quick(settings):
    """The client gives up after half a second."""
    settings.CRM_TIMEOUT = 0.5


@pytest.fixture
def webhook(db, receiver):
    return connect_webhook(receiver)


@pytest.fixture
def side():
    """HubSpot, with the people who work in it, where a test names no other CRM."""
    side = fake_side("hubspot")
    yield side
    side.stop()


@pytest.fixture(scope="session")
def tryton_home():
    """The installation, kept in the user's cache from run to run. Skips only where it cannot be made."""
    cache = Path(os.environ.get("PORCHLIGHT_CACHE", Path.home() / ".cache" / "porchlight"))
    home = Home(cache)
    try:
        home.make()
    except Exception as error:
        if os.environ.get("REQUIRE_CRM"):
            raise
        pytest.skip(f"Tryton cannot be installed here: {error}")
    return home


@pytest.fixture
def tryton(tryton_home, tmp_path):
    """A running Tryton with an empty database of its own."""
    server = tryton_home.start(tmp_path / "tryton")
    yield server
    server.stop()


@pytest.fixture
def tryton_admin(tryton):
    """What people do in Tryton itself."""
    admin = Admin(tryton.url, DATABASE)
    own = admin.call("model.res.user.get_preferences", True, {})
    admin.context = {"company": own["company"], "employee": own["employee"]}
    return admin


@pytest.fixture
def proxy(tryton):
    """The faulty line between us and Tryton."""
    proxy = FaultProxy(tryton.port)
    yield proxy
    proxy.stop()


def connect_tryton(url, **fields):
    settings = {"url": url, "database": DATABASE, "login": LOGIN, "company": ""}
    fields = {"name": "tryton", "kind": "tryton", "rate": 1000, "tokens": 1000, **fields}
    return Connection.objects.create(settings=settings, sealed=seal({"password": PASSWORD}), **fields)


@pytest.fixture
def tryton_connection(db, proxy):
    """The connection to Tryton, through the faulty line."""
    return connect_tryton(proxy.url)
