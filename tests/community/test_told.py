"""The demo community is told when the site is installed: the first start copies it, and opens in a few seconds."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta

import httpx
import psycopg
import pytest

from community.embedded import beginning, told
from community.embedded.postgres import server
from tests.databases import ROOT
from tests.live_site import RunningSite, free_port, start_site

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("prepare")]


def prepare(var, *words: str) -> subprocess.Popen:
    """What `make run` does when it has installed the packages, for a site of its own."""
    environment = {**os.environ, **of_site(var)}
    for name in ("DATABASE_URL", "REDIS_URL"):
        environment.pop(name, None)
    return subprocess.Popen([sys.executable, str(ROOT / "manage.py"), "prepare", *words], env=environment, cwd=ROOT)


def of_site(var) -> dict[str, str]:
    return {
        "VAR_DIR": str(var),
        "PREPARED_DIR": str(var / "kept"),
        "DJANGO_SETTINGS_MODULE": "community.settings",
        "NEW_MEMBER_SECONDS": "0",
    }


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Where a site was installed, its demo told."""
    var = tmp_path_factory.mktemp("site") / "var"
    assert prepare(var).wait(600) == 0
    yield var
    server.stop(str(var / "postgres"))


@pytest.fixture
def demo(installed, monkeypatch):
    """The demo that is kept for its first start."""
    (found,) = (installed / "kept").glob("demo-*")
    monkeypatch.setattr(told, "kept", lambda: found)
    monkeypatch.setattr(told, "is_wanted", lambda: True)
    return found


@pytest.fixture
def data(tmp_path, settings):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    yield tmp_path / "postgres"
    server.stop(str(tmp_path / "postgres"))


def line_to(data) -> psycopg.Connection:
    postmaster = server.running(str(data))
    return psycopg.connect(host=postmaster.socket_directory, user="postgres", dbname="porchlight")


def people_in(data) -> int:
    with line_to(data) as line:
        return line.execute("SELECT count(*) FROM people_person").fetchone()[0]


def end(site: RunningSite) -> None:
    if site.process.poll() is None:
        site.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            site.process.wait(12)


def test_a_first_start_opens_a_finished_demo(installed):
    """Nothing is told at the start, no page says that something moves in, and links know the port that was chosen."""
    site = start_site(installed, free_port(), with_demo=True, **of_site(installed))
    try:
        site.wait_ready()
        words = site.words()
        assert "a year goes by" not in words
        assert "Step into anybody's shoes" in words
        assert httpx.get(site.path("/questions/")).status_code == 200
        assert "Dora" in httpx.get(site.path("/demo/")).text
        with line_to(installed / "postgres") as line:
            told_of = line.execute(
                "SELECT count(*) FROM notifications_emaildelivery WHERE text LIKE %s", [f"%{site.url}/%"]
            )
            assert told_of.fetchone()[0] > 0
            elsewhere = line.execute(
                "SELECT count(*) FROM notifications_emaildelivery WHERE text LIKE '%localhost:8000%'"
            )
            assert elsewhere.fetchone()[0] == 0
            files = line.execute("SELECT count(*) FROM files_attachment").fetchone()[0]
        assert 0 < files <= len([path for path in (installed / "private").rglob("*") if path.is_file()])
        assert site.stop() == 0
    finally:
        end(site)


def test_without_the_demo_nobody_is_there(installed, data):
    """`--no-demo`, and every other command that comes first, finds the empty tables."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beginning, "kept_database", lambda: next((installed / "kept").glob("database-*")))
        assert people_in(data) == 0


def test_a_copy_is_whole_or_nothing(demo, data):
    """Killed in the middle of it, the next start begins anew; where somebody lives nobody moves in."""
    data.mkdir()
    assert beginning.copied(demo / "postgres" / "global", data / ".")
    assert not server.is_made(str(data))
    assert server.begin_with(str(data), told.move_in)
    there = people_in(data)
    assert there > 30
    assert not server.begin_with(str(data), told.move_in)
    assert people_in(data) == there


def test_what_was_told_too_long_ago_stays_where_it_is(demo, data):
    before = (demo / "postgres").stat()
    long_ago = time.time() - told.GOOD_FOR.total_seconds() - 60
    try:
        os.utime(demo / "postgres", (long_ago, long_ago))
        assert not server.begin_with(str(data), told.move_in)
        os.utime(demo / "postgres", (time.time() + 3600,) * 2)
        assert not server.begin_with(str(data), told.move_in)
    finally:
        os.utime(demo / "postgres", (before.st_atime, before.st_mtime))
    assert timedelta(hours=1) < told.GOOD_FOR <= timedelta(days=1)


def test_other_code_another_key_and_other_settings_do_not_fit(settings, tmp_path):
    known = {told.fingerprint()}
    for name, value in (("SECRET_KEY", "another"), ("TIME_ZONE", "Asia/Tokyo"), ("POSTS_A_MINUTE", 3)):
        setattr(settings, name, value)
        known.add(told.fingerprint())
    settings.ROOT = tmp_path
    (tmp_path / "forums").mkdir()
    for words in ("one", "another one"):
        (tmp_path / "forums" / "demo.toml").write_text(words)
        known.add(told.fingerprint())
    assert len(known) == 6


def test_production_and_databases_elsewhere_get_none(settings, monkeypatch):
    for production, database in ((False, {"NAME": "elsewhere"}), (True, {"DATA_DIRECTORY": "here"})):
        settings.PRODUCTION = production
        monkeypatch.setitem(settings.DATABASES, "default", database)
        assert not told.is_wanted()
    settings.PRODUCTION = False
    assert told.is_wanted()


def test_a_killed_preparation_leaves_nothing_that_is_half(tmp_path):
    """Neither a copy, nor a database that runs on; the next one tidies up."""
    process = prepare(tmp_path / "var")
    deadline = time.monotonic() + 200
    while not (
        running := [
            found for found in (tmp_path / "var").glob("prepare-*/demo/postgres") if server.Postmaster.of(found)
        ]
    ):
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert not list((tmp_path / "var" / "kept").glob("demo-*"))
    assert prepare(tmp_path / "var", "--no-demo").wait(300) == 0
    assert not server.Postmaster.of(running[0])
    assert not list((tmp_path / "var").glob("prepare-*"))
    assert {path.name.partition("-")[0] for path in (tmp_path / "var" / "kept").iterdir()} == {"database", "static"}
