"""What every first start needs is made once, when the site is installed, and copied ever after."""

import shutil

import psycopg
import pytest
from django.core.management import call_command
from django.test import override_settings

from community.embedded import beginning
from community.embedded.postgres import server

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("prepare")]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """Where this run keeps what it has prepared."""
    with override_settings(PREPARED_ROOT=tmp_path_factory.mktemp("environment") / "porchlight"):
        call_command("prepare", no_demo=True)
        yield beginning.place()


@pytest.fixture
def data(tmp_path):
    yield tmp_path / "postgres"
    server.stop(str(tmp_path / "postgres"))


def tables_in(data) -> set[str]:
    """The tables of the site's own database, when the server has one."""
    postmaster = server.running(str(data))
    with psycopg.connect(host=postmaster.socket_directory, user="postgres", dbname="porchlight") as line:
        return {name for (name,) in line.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def test_a_first_start_finds_its_tables(prepared, data):
    assert {"people_person", "threads_thread", "django_migrations"} <= tables_in(data)
    assert not (data / beginning.MADE_LATER).exists()


def test_two_first_starts_have_nothing_in_common(prepared, tmp_path):
    """Neither of them works in what is kept."""
    kept = beginning.kept_database()
    before = sorted(path.name for path in kept.iterdir())
    for name in ("one", "two"):
        try:
            tables_in(tmp_path / name)
        finally:
            server.stop(str(tmp_path / name))
    assert sorted(path.name for path in kept.iterdir()) == before


def test_other_migrations_begin_with_nothing(prepared, data, monkeypatch):
    monkeypatch.setattr(beginning, "migrations_fingerprint", lambda: "others")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        tables_in(data)


def test_half_a_copy_is_no_database(prepared, data):
    """A kill in the middle of it costs a first start nothing but time."""
    data.mkdir()
    shutil.copytree(beginning.kept_database() / "base", data / "base")
    assert not server.is_made(str(data))
    assert "people_person" in tables_in(data)


def test_the_static_files_are_copied_whole(prepared, tmp_path):
    assert beginning.copy_static(tmp_path / "static")
    names = {path.name for path in (tmp_path / "static").rglob("*")}
    assert names == {path.name for path in beginning.kept_static().rglob("*")}
    assert len(names) > 100


def test_preparing_again_changes_nothing(prepared):
    before = {path: path.stat().st_mtime_ns for path in prepared.iterdir()}
    call_command("prepare", no_demo=True)
    assert {path: path.stat().st_mtime_ns for path in prepared.iterdir()} == before
