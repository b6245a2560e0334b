"""Who runs the embedded PostgreSQL: the person who starts it, or, for root, an account without rights."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

from community.embedded.postgres.programs import wheel
from community.embedded.problems import StartupProblem

ACCOUNT = "pgserver"
TRAVERSE = 0o001
READ_AND_TRAVERSE = 0o005


def owner_of(data: Path) -> dict[str, Any]:
    """Arguments for `subprocess`: root becomes the data's owner, everybody else stays who they are."""
    if os.geteuid() != 0:
        return {}
    owner = data.stat()
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}


def prepare_for(data: Path) -> None:
    """Make the data directory, private and, under root, in the hands of an account that may reach it."""
    data.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() != 0:
        return
    if data.stat().st_uid == 0:
        account = unprivileged()
        os.chown(data, account.pw_uid, account.pw_gid)
    open_way_to(data.parent, TRAVERSE)
    programs = wheel()
    if programs:
        open_way_to(programs.parent, TRAVERSE)
        open_tree(programs)


def unprivileged() -> pwd.struct_passwd:
    """The account for a root's PostgreSQL, made when it is missing."""
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        useradd = shutil.which("useradd")
    if useradd:
        subprocess.run([useradd, "--system", "--shell", "/bin/sh", ACCOUNT], check=False, capture_output=True)  # noqa: S603
    for name in (ACCOUNT, "postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise StartupProblem("PostgreSQL cannot run as root here. Start Porchlight as an ordinary user.")


def open_way_to(directory: Path, bits: int) -> None:
    """Let the account walk through the directories above (walk only: it can list and read nothing more)."""
    for place in (directory, *directory.parents):
        mode = place.stat().st_mode
        if mode & bits != bits:
            place.chmod(mode | bits)


def open_tree(programs: Path) -> None:
    """PostgreSQL's own programs, readable for the account; installers under a strict umask hide them."""
    if programs.stat().st_mode & READ_AND_TRAVERSE == READ_AND_TRAVERSE:
        return
    for place in (programs, *programs.rglob("*")):
        if not place.is_symlink():
            place.chmod(
                place.stat().st_mode | (READ_AND_TRAVERSE if place.is_dir() or os.access(place, os.X_OK) else 0o004)
            )
