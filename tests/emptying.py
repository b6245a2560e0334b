"""Empty tables for tests whose writes are committed.

There are more than two hundred tables, and a test fills some thirty. `TRUNCATE` makes new files for all of them and
their indexes, which takes seconds; deleting the few rows of a test takes a moment.
"""

import time
from contextlib import suppress
from importlib import import_module

from django.apps import apps
from django.db import IntegrityError, OperationalError, connection, transaction

first_rules = import_module("moderation.flags.migrations.0002_the_first_house_rules")
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission", "django_site", "procrastinate_workers"}
"""A running worker whose row is gone ends at its next job, and the test waits until it is started again."""


def empty_tables() -> None:
    """Forget everything but what the running processes remember: migrations, content types, workers. Ids go on
    counting. What is left is a new site, with the first house rules.

    The site's worker may hold rows at this moment, so PostgreSQL may call it a deadlock: then it is tried again.
    """
    for _ in range(8):
        with suppress(OperationalError, IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT quote_ident(tablename), tablename FROM pg_tables WHERE schemaname = 'public'")
            names = [quoted for quoted, name in cursor.fetchall() if name not in KEPT_TABLES]
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            # Whoever is writing ends first, and nobody begins meanwhile.
            cursor.execute(f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM {name} LIMIT 1)" for name in names))
            if filled := [name for (name,) in cursor.fetchall()]:
                cursor.execute(";".join(f"DELETE FROM {name}" for name in filled))
            first_rules.write(apps, None)
            return
        time.sleep(0.5)
    raise AssertionError("the tables cannot be emptied")
