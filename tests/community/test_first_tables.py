"""The quick way to the tables of an empty database ends where the long way ends."""

import os
import subprocess
import sys

import psycopg
import pytest

from tests.databases import ROOT, address_of, drop_database, maintenance

LOOK = {
    "columns": """SELECT table_name, column_name, data_type, udt_name, is_nullable, character_maximum_length,
        column_default, identity_generation FROM information_schema.columns WHERE table_schema = 'public'
        AND NOT (table_name = 'auth_group_permissions' AND column_name = 'id')""",  # wider by Django's own history
    "indexes": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace""",
    "storage": """SELECT attrelid::regclass::text, attname, attstorage FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND attnum > 0 AND NOT attisdropped""",
    "options": "SELECT relname, reloptions FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    "functions": "SELECT proname, md5(prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "steps": "SELECT app, name FROM django_migrations",
    "permissions": """SELECT app_label, model, codename FROM auth_permission
        JOIN django_content_type ON django_content_type.id = content_type_id""",
    "first rules": "SELECT slug, title, severity FROM flags_houserule",
}


def migrated(name: str, *how: str) -> dict[str, set]:
    """What a new database holds after `migrate`."""
    drop_database(name)
    with maintenance() as line:
        line.execute(f'CREATE DATABASE "{name}"')
    try:
        environment = {**os.environ, "DATABASE_URL": address_of(name), "DJANGO_SETTINGS_MODULE": "tests.settings"}
        command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0", *how]
        subprocess.run(command, env=environment, check=True, cwd=ROOT)
        with psycopg.connect(address_of(name)) as line:
            return {what: {str(row) for row in line.execute(sql)} for what, sql in LOOK.items()}
    finally:
        drop_database(name)


@pytest.mark.slow
def test_an_empty_database_gets_the_same_tables_at_once_as_step_by_step(django_db_blocker):
    with django_db_blocker.unblock():
        at_once, step_by_step = migrated("first_tables_at_once"), migrated("first_tables_by_steps", "--step-by-step")
    assert all(at_once.values())
    assert {what: at_once[what] ^ step_by_step[what] for what in LOOK} == {what: set() for what in LOOK}
