"""What must be there before the first process starts: a free port, a place to write, a database, its tables."""

import errno
import fcntl
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from community.embedded import beginning
from community.embedded.problems import StartupProblem
from community.embedded.processes import ask_to_die_with_parent, say

PORT_WAIT = 3.0


def hold(var: Path) -> IO[str]:
    """Make `var/` and hold it: one running site for each. The hold ends with the process, however it ends."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        lock = open(var / "up.lock", "a+")  # noqa: SIM115 - held open on purpose
    except OSError as error:
        raise StartupProblem(
            f"{var} cannot be written. Make it writable, or set VAR_DIR to a directory that is."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        who = lock.read().strip() or "unknown"
        raise StartupProblem(
            f"Porchlight already runs on {var} (process {who}). Stop it first, or set VAR_DIR to another directory."
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def free_port(host: str, port: int) -> None:
    """Refuse a port that is taken; a server that is just ending gets a moment."""
    deadline = time.monotonic() + PORT_WAIT
    while True:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                line.bind((host, port))
                return
            except OSError as error:
                problem = error
        if problem.errno != errno.EADDRINUSE:
            raise StartupProblem(f"Port {port} on {host} cannot be used: {problem.strerror}.") from problem
        if time.monotonic() > deadline:
            raise StartupProblem(f"Port {port} is taken. Choose another one: make run PORT={port + 1}") from problem
        time.sleep(0.2)


def database() -> None:
    """Reach the database, starting the embedded one when it is ours."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise StartupProblem(unreachable(error)) from error


def unreachable(error: Exception) -> str:
    """The sentence for a database that does not answer. Never shows the password."""
    reason = " ".join(str(error).split())
    if connection.settings_dict["ENGINE"] == "community.embedded.postgres":
        return reason
    place = f"{connection.settings_dict['HOST'] or 'localhost'}:{connection.settings_dict['PORT'] or 5432}"
    return f"The database at {place} cannot be reached; check DATABASE_URL. It said: {reason[-200:]}"


def tables() -> None:
    """Bring the tables up to date."""
    executor = MigrationExecutor(connection)
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if steps:
        say("up", f"bringing the database up to date ({steps} steps)")
        call_command("migrate", interactive=False, verbosity=0)


class StaticFiles:
    """Collects and compresses the static files when one has changed: beside the tables, for that takes as long."""

    def __init__(self, var: Path) -> None:
        self.mark, self.now = var / "static.fingerprint", beginning.static_fingerprint()
        self.process: subprocess.Popen[str] | None = None
        is_there = Path(settings.STATIC_ROOT, "staticfiles.json").exists()
        if is_there and self.mark.exists() and self.mark.read_text() == self.now:
            return
        if beginning.copy_static(Path(settings.STATIC_ROOT)):
            self.mark.write_text(self.now)
            return
        say("up", "collecting the static files")
        command = [sys.executable, str(settings.ROOT / "manage.py"), "collectstatic"]
        command += ["--no-input", "--verbosity", "0", "--clear"]
        self.process = subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=ask_to_die_with_parent
        )

    def wait(self) -> None:
        """Until they are there."""
        if self.process is None:
            return
        told, _ = self.process.communicate()
        if self.process.returncode:
            raise StartupProblem(f"The static files could not be collected: {' '.join(told.split())[-300:]}")
        self.mark.write_text(self.now)
