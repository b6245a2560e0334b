"""Databases beside the one of the test: on the same server, made by copying, dropped in the end."""

from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def maintenance() -> psycopg.Connection:
    """A line to the test server's own `postgres` database; the embedded server is started when need be."""
    connection.get_connection_params()
    known = connection.settings_dict
    return psycopg.connect(
        host=known["HOST"] or None, port=known["PORT"] or None, user=known["USER"] or None,
        password=known["PASSWORD"] or None, dbname="postgres", autocommit=True,
    )  # fmt: skip


def address_of(name: str) -> str:
    """The DATABASE_URL of a database on the server of the tests."""
    known = connection.settings_dict
    account = quote(known["USER"], safe="") + (":" + quote(known["PASSWORD"], safe="") if known["PASSWORD"] else "")
    port = f":{known['PORT']}" if known["PORT"] else ""
    return f"postgres://{account}@{quote(known['HOST'] or 'localhost', safe='')}{port}/{name}"


def drop_database(name: str) -> None:
    with maintenance() as line:
        line.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
