"""`manage.py up`: one command starts the real site, and nothing it is told or suffers costs data."""

import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from community.embedded.postgres.server import Postmaster, stop
from tests.live_site import RunningSite, start_site
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("live_site")]


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """A directory of its own, whose PostgreSQL is gone in the end."""
    place = tmp_path_factory.mktemp("up")
    yield place
    stop(str(place / "postgres"))


@pytest.fixture
def begun():
    """Sites that a test started; whatever still runs is ended."""
    sites: list[RunningSite] = []
    yield sites
    for site in sites:
        if site.process.poll() is None:
            site.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                site.process.wait(12)


def up(begun: list[RunningSite], var: Path, **options) -> RunningSite:
    site = start_site(var, **options)
    begun.append(site)
    return site


def line_to(var: Path) -> psycopg.Connection:
    """A connection to the site's embedded database."""
    postmaster = Postmaster.of(var / "postgres")
    return psycopg.connect(host=postmaster.socket_directory, user="postgres", dbname="porchlight", autocommit=True)


def of_site(var: Path) -> list[psutil.Process]:
    """Whatever process still belongs to the site in this directory."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if any(str(var) in word for word in process.cmdline()) or process.environ().get("VAR_DIR") == str(var):
                found.append(process)
    return found


def answers(site: RunningSite) -> bool:
    return httpx.get(site.path("/ready/"), timeout=3, verify=False).status_code == 200


def test_it_starts_stops_within_ten_seconds_and_keeps_its_data(begun, var):
    site = up(begun, var)
    site.wait_ready()
    with line_to(var) as line:
        line.execute("CREATE TABLE kept (word text)")
        line.execute("INSERT INTO kept VALUES ('porch')")
    began = time.monotonic()
    assert site.stop() == 0
    assert time.monotonic() - began < 10
    assert of_site(var) == []

    again = up(begun, var)
    again.wait_ready()
    with line_to(var) as line:
        assert line.execute("SELECT word FROM kept").fetchone() == ("porch",)
    again.process.send_signal(signal.SIGTERM)
    assert again.process.wait(12) == 0


def test_the_killed_come_back_by_themselves(begun, var):
    site = up(begun, var)
    site.wait_ready()
    children = {name: pid for pid, name in named_children(site)}
    for name in ("granian", "procrastinate", "valkey"):
        os.kill(children[name], signal.SIGKILL)
    postmaster = Postmaster.of(var / "postgres")
    os.kill(postmaster.pid, signal.SIGKILL)
    until(lambda: (found := Postmaster.of(var / "postgres")) is not None and found.pid != postmaster.pid)
    until(lambda: {"granian", "procrastinate", "valkey"} <= {name for _, name in named_children(site)})
    until(lambda: answers(site))
    assert "[web] ended (killed by SIGKILL) and is started again" in site.words()
    assert site.stop() == 0  # PostgreSQL was started again by whoever asked first: `up`, a page or a job


def named_children(site: RunningSite) -> list[tuple[int, str]]:
    """The children of `up` by what they are."""
    found = []
    with suppress(psutil.Error):
        for child in psutil.Process(site.process.pid).children():
            words = " ".join(child.cmdline())
            found += [(child.pid, name) for name in ("granian", "procrastinate", "valkey") if name in words]
    return found


def test_when_everything_is_killed_at_once_the_next_start_needs_no_hand(begun, var):
    site = up(begun, var)
    site.wait_ready()
    with line_to(var) as line:
        line.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        line.execute("INSERT INTO kept VALUES ('acknowledged')")
    for process in [psutil.Process(site.process.pid), *of_site(var)]:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    site.process.wait(5)
    again = up(begun, var)
    again.wait_ready()
    with line_to(var) as line:
        assert ("acknowledged",) in line.execute("SELECT word FROM kept").fetchall()
    assert again.stop() == 0


def test_a_taken_port_is_told_in_one_sentence(begun, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        site = up(begun, tmp_path / "var", port=port)
        assert site.process.wait(120) == 1
    assert said(site) == f"Port {port} is taken. Choose another one: make run PORT={port + 1}"


def test_an_unreachable_database_is_told_in_one_sentence(begun, tmp_path):
    site = up(begun, tmp_path / "var", database_url="postgres://a:sekrit@127.0.0.1:9/x")
    assert site.process.wait(120) == 1
    assert said(site).startswith("The database at 127.0.0.1:9 cannot be reached; check DATABASE_URL.")
    assert "sekrit" not in site.words()


def test_a_missing_secret_in_production_is_told_in_one_sentence(begun, tmp_path):
    site = up(begun, tmp_path / "var", PRODUCTION="true", SECRET_KEY="")
    assert site.process.wait(120) == 1
    assert said(site).startswith("SECRET_KEY is not set.")


def test_a_place_that_cannot_be_written_is_told_in_one_sentence(begun, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "file").write_text("in the way")
    site = up(begun, tmp_path / "var", VAR_DIR=str(tmp_path / "file" / "var"))
    assert site.process.wait(120) == 1
    assert "cannot be written" in said(site)


def said(site: RunningSite) -> str:
    """The one line that was said; a traceback would be more."""
    lines = [line for line in site.words().splitlines() if not line.startswith("[up]")]
    assert len(lines) == 1, site.words()
    return lines[0]
