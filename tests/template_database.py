"""The tables of all tests' databases: made by `migrate` once for each state of the migrations, and copied ever after.

Making them takes seconds, and each run, each of its processes and each running site wants its own.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from django.conf import settings
from psycopg.sql import SQL, Identifier

from community.embedded.beginning import migrations_fingerprint
from tests.databases import ROOT, address_of, maintenance

PREFIX = "tables_of_tests_"


def template() -> str:
    """The name of a database with all tables and no connections, to be copied."""
    name = PREFIX + migrations_fingerprint()
    with alone(), maintenance() as line:
        rows = line.execute("SELECT datname FROM pg_database WHERE starts_with(datname::text, %s)", [PREFIX])
        known = [row[0] for row in rows]
        if name not in known:
            for old in known:
                with suppress(psycopg.errors.ObjectInUse):
                    line.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(old)))
            make(line, name)
    return name


def make(line: psycopg.Connection, name: str) -> None:
    """Migrate a new database, and give it its name when that has succeeded."""
    unfinished = f"{name}_unfinished"
    line.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(unfinished)))
    line.execute(SQL("CREATE DATABASE {}").format(Identifier(unfinished)))
    environment = {**os.environ, "DATABASE_URL": address_of(unfinished), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(command, env=environment, check=True, cwd=ROOT)
    line.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(unfinished), Identifier(name)))


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time makes it; the others wait and copy."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with open(settings.VAR / "tests.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
