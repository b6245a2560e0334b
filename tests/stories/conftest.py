"""A whole company for the stories: the site with its demo, a mail server with a mailbox, and a real Tryton."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from importlib import import_module

import pytest

from moderation.crm.tryton.first_steps import Admin
from moderation.crm.tryton.home import DATABASE
from tests.databases import ROOT, drop_database
from tests.live_fixtures import connected_to
from tests.live_site import fresh_database, start_site
from tests.moderation.crm.conftest import tryton, tryton_home  # noqa: F401 - fixtures
from tests.moderation.escalation.conftest import (
    free_port,
    postbox,  # noqa: F401 - fixture
)
from tests.smtp import Sink, mail_server


@pytest.fixture
def cast(live_cast):
    """The people of the community, in the running site's database."""
    return live_cast


@dataclass
class Company:
    """What a story plays in."""

    site: object
    sink: Sink
    postbox: object
    tryton: object
    heard: list[str] = field(default_factory=list)

    @property
    def books(self) -> Admin:
        """What somebody at Tryton's own screen sees."""
        admin = Admin(self.tryton.url, DATABASE)
        own = admin.call("model.res.user.get_preferences", True, {})
        admin.context = {"company": own["company"], "employee": own["employee"]}
        return admin


@pytest.fixture(scope="session")
def told_demo(django_db_setup, django_db_blocker):
    """A database in which the demo was told, to be copied for each story."""
    name = f"test_told_demo_{os.getpid()}"
    with django_db_blocker.unblock():
        environment = {"DATABASE_URL": fresh_database(name), "DJANGO_SETTINGS_MODULE": "tests.settings"}
        command = [sys.executable, str(ROOT / "manage.py"), "demo", "--verbosity", "0"]
        try:
            subprocess.run(command, env={**os.environ, **environment}, check=True, cwd=ROOT)
            yield name
        finally:
            drop_database(name)


@pytest.fixture
def company(told_demo, django_db_blocker, tmp_path, postbox, tryton):  # noqa: F811
    """Northlight Audio, open for business, with mail both ways and a CRM on the loopback."""
    name, port = f"test_main_job_{os.getpid()}", free_port()
    secret = import_module("django.conf").settings.SECRET_KEY
    with mail_server(port) as sink, django_db_blocker.unblock():
        site = start_site(
            tmp_path / "site", database_url=fresh_database(name, told_demo), SECRET_KEY=secret, PRODUCTION="0",
            ALLOWED_HOSTS="*", EMAIL_URL=f"smtp://127.0.0.1:{port}", IMAP_URL=postbox.url,
            REPLY_ADDRESS="reply@northlight.example",
        )  # fmt: skip
        try:
            site.wait_ready()
            site.database = name
            with connected_to(site):
                yield Company(site, sink, postbox, tryton)
        finally:
            site.stop()
            drop_database(name)
