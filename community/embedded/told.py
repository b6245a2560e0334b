"""A demo community that was told its year when the site was installed: a first start copies it, and is open at once.

Its dates count back from the moment when it was told. For half a day it is what a site shows that was switched off for
as long; an older one is told anew. It belongs to the code, the settings and the secret key with which it was told.
"""

import hashlib
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from psycopg.sql import SQL, Identifier

from community.embedded import beginning
from community.embedded.backups import upload_places

GOOD_FOR = timedelta(hours=12)
OF_CODE = ("community", "forums", "moderation", "templates", "requirements.txt")
DATABASE = "postgres"
WORDS = """
    SELECT table_name, column_name, data_type FROM information_schema.columns JOIN information_schema.tables
    USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type IN ('text', 'jsonb')
    AND is_generated = 'NEVER'
"""
"""All columns that hold words, but for short ones, which hold no address."""
READDRESS = SQL("UPDATE {table} SET {column} = replace({column}::text, %s, %s)::{kind} WHERE {column}::text LIKE %s")
PLAIN = (bool, int, float, str, list, tuple)


def is_wanted() -> bool:
    """Whether a first start of this site could copy one."""
    return not settings.PRODUCTION and "DATA_DIRECTORY" in settings.DATABASES["default"]


def kept() -> Path:
    """Database and uploads of a community that was told by this code, with these settings."""
    return beginning.place() / f"demo-{fingerprint()}"


def is_good(demo: Path) -> bool:
    """Whether it is there, and young enough. Its directory was last changed when it was kept."""
    try:
        age = time.time() - (demo / DATABASE).stat().st_mtime
    except OSError:
        return False
    return 0 <= age < GOOD_FOR.total_seconds()


def move_in(data: Path) -> bool:
    """Fill an empty data directory, and the places of uploads before it. False when nothing fits."""
    demo = kept()
    if not is_wanted() or not is_good(demo):
        return False
    for name, place in upload_places().items():
        if (demo / name).exists():
            place.mkdir(parents=True, exist_ok=True)
            if not beginning.copied(demo / name, place):
                return False
    return beginning.copy_database(data, demo / DATABASE)


def readdress(old: str, new: str) -> None:
    """Links in mails and in what went to a CRM: it was told before anybody had chosen a port."""
    if old == new:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WORDS)
        for table, column, kind in cursor.fetchall():
            names = {"table": Identifier(table), "column": Identifier(column), "kind": SQL(kind)}
            cursor.execute(READDRESS.format(**names), [f"{old}/", f"{new}/", f"%{old}/%"])


def fingerprint() -> str:
    """One word that changes with the tables, any file of ours, any plain setting, and the secret key."""
    seen = hashlib.sha256(beginning.migrations_fingerprint().encode())
    for name in OF_CODE:
        for file in sorted([Path(settings.ROOT, name), *Path(settings.ROOT, name).rglob("*")]):
            if file.is_file() and file.suffix != ".pyc":
                state = file.stat()
                seen.update(f"{file} {state.st_size} {state.st_mtime_ns}\n".encode())
    for name in sorted(dir(settings)):
        value = getattr(settings, name) if name.isupper() else None
        if isinstance(value, PLAIN):
            seen.update(f"{name} {value!r}\n".encode())
    return seen.hexdigest()[:20]
