"""Fixtures for tests against the running site; `tests/conftest.py` brings them everywhere.

* `live_site`: the site as `manage.py up` runs it (granian with the front, worker, Valkey) on a free port with its own
  database. It is started once a session; each test begins with empty tables. `live_site.url`,
  `live_site.path("/questions/")`, `live_site.sign_in(page, cast.ana)`, `live_site.sign_out(page)`, `live_site.words()`.
  While the test runs, Django in the test process is connected to the *site's* database, cache and live layer, so
  `live_cast.ana`, `ana_asks(live_cast)` and every verb are seen by the site at once, and its worker does the jobs.
  (So do not ask for `cast`, `db` or `client` beside it: those belong to the other, rolled-back database.)
* `live_cast`: the people, in the site's database. In `tests/browser/` and `tests/stories/` plain `cast` is the same.
* `page`, `context`, `browser`: pytest-playwright's, on the machine's Chromium. `phone`: a page of 390 × 844 px.

A second person at the same time: `other = browser.new_context().new_page(); live_site.sign_in(other, cast.dora)`.
Without Chromium such tests are skipped with that reason; with REQUIRE_BROWSER=1 a missing browser is a failure.
"""

import os
import sys
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection, connections
from django.test import override_settings
from playwright.sync_api import expect

from community.live import outlet as outlet_module
from tests.browsers import CHROMIUM_ARGUMENTS, chromium_path
from tests.cast import Cast
from tests.databases import drop_database
from tests.emptying import empty_tables
from tests.live_site import fresh_database, redis_address, start_site
from tests.relay import RELAY_ENVIRONMENT

# Playwright's event loop runs in the test's thread, where Django would otherwise refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

expect.set_options(timeout=30_000)  # of a busy machine; what is there at once is not waited for

BROWSER_FIXTURES = {"page", "context", "browser", "phone", "new_context"}
SITE_FIXTURES = {"live_site", "live_cast"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Mark what drives a browser or needs the running site; those share one site, so one worker runs them.

    With several workers what takes long comes first, so that in the end none of them waits for the last of another.
    """
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & BROWSER_FIXTURES:
            item.add_marker(pytest.mark.browser)
            if not chromium_path() and not os.environ.get("REQUIRE_BROWSER"):
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))
        if names & SITE_FIXTURES:
            item.add_marker(pytest.mark.xdist_group("live_site"))
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's own Chromium; nothing is downloaded."""
    assert chromium_path(), "no Chromium on this machine, and REQUIRE_BROWSER is set"
    return {**browser_type_launch_args, "executable_path": chromium_path(), "args": CHROMIUM_ARGUMENTS}


@pytest.fixture
def phone(browser):
    """A page as tall and wide as a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def site_of_session(django_db_setup, django_db_blocker, tmp_path_factory, worker_id):
    """The site of this test session, started when the first test asks for it."""
    name = f"test_site_{worker_id}_{os.getpid()}"
    secret = import_module("django.conf").settings.SECRET_KEY
    with django_db_blocker.unblock():
        url = fresh_database(name)
    site = start_site(tmp_path_factory.mktemp("site"), database_url=url, SECRET_KEY=secret, **SITE_ENVIRONMENT)
    try:
        site.wait_ready()
        site.database = name
        yield site
    finally:
        site.stop()
        with django_db_blocker.unblock():
            drop_database(name)


SITE_ENVIRONMENT = {
    "PRODUCTION": "0",
    "PUSH_MAY_REACH_INSIDE": "1",
    "ALLOWED_HOSTS": "*",
    "QUIET_HOURS": "off",
    "MAIL_BUNDLE_MINUTES": "0",
    **RELAY_ENVIRONMENT,
}


@contextmanager
def connected_to(site):
    """Point this process's database, cache and live layer at the site's."""
    address = redis_address(site.var)
    product = import_module("community.settings")
    stores = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address}}
    own_name, own_outlet = connection.settings_dict["NAME"], outlet_module.outlet
    connections.close_all()
    connection.settings_dict["NAME"] = site.database
    ContentType.objects.clear_cache()  # each database has its own numbers
    point_outlet(outlet_module.Outlet(address))
    try:
        with override_settings(
            REDIS_URL=address, CACHES=stores, PASSWORD_HASHERS=["tests.hashing.HashedOnce"],
            SITE_URL=site.url, SESSION_ENGINE=product.SESSION_ENGINE,
        ):  # fmt: skip
            yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = own_name
        ContentType.objects.clear_cache()
        point_outlet(own_outlet)


def point_outlet(outlet):
    """Let every module of the live layer speak through this outlet."""
    for module in list(sys.modules.values()):
        is_speaker = getattr(module, "__name__", "").startswith("community.live.") and "outlet" in vars(module)
        if is_speaker and not isinstance(module.outlet, ModuleType):
            module.outlet = outlet


@pytest.fixture
def live_site(site_of_session, django_db_blocker):
    """The running site with empty tables."""
    with django_db_blocker.unblock(), connected_to(site_of_session):
        empty_tables()
        caches["default"].clear()
        forget_ready_pages()
        yield site_of_session


def forget_ready_pages():
    """Tell the front's processes to drop every page they keep."""
    outlet_module.outlet.tell({"purge": ["*"]})


@pytest.fixture
def live_cast(live_site) -> Cast:
    """The people of the community, in the running site's database."""
    return Cast()
