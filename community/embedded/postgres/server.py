"""The PostgreSQL that comes in a wheel: started by whoever needs it first, shared by everybody, restarted when it died.

Only the wheel's programs are used. What is running is read from PostgreSQL's own `postmaster.pid` each time, so nothing
can be remembered wrongly: any process may be killed at any moment, PostgreSQL included.
"""

import fcntl
import hashlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from community.embedded import beginning
from community.embedded.postgres.account import owner_of, prepare_for
from community.embedded.postgres.programs import program
from community.embedded.problems import StartupProblem

LONGEST_SOCKET_PATH = 100  # the system's limit is 104 to 108 bytes
START_WITHIN = 60
SETTINGS = {
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "synchronous_commit": "on",  # an answered write is on the disk
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",  # pages are many small queries
    "max_parallel_workers_per_gather": "0",  # small machines, and containers with little /dev/shm
    "idle_in_transaction_session_timeout": "120s",
}


@dataclass(frozen=True)
class Postmaster:
    """A running server, as its own pid file tells."""

    pid: int
    socket_directory: str

    @classmethod
    def of(cls, data: Path) -> "Postmaster | None":
        """The running and ready server of this data directory, or None."""
        try:
            lines = (data / "postmaster.pid").read_text().splitlines()
            pid, directory, status = int(lines[0]), lines[4].strip(), lines[7].strip()
            alive = "postgres" in psutil.Process(pid).name() and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
        except (OSError, IndexError, ValueError, psutil.Error):
            return None
        return cls(pid, directory) if alive and status == "ready" else None

    def ends(self, how: signal.Signals, within: float) -> bool:
        """Send it a signal, and see whether it has gone in time."""
        deadline = time.monotonic() + within
        try:
            process = psutil.Process(self.pid)
            process.send_signal(how)
            while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                if time.monotonic() > deadline:
                    return False
                time.sleep(0.05)
        except psutil.NoSuchProcess:
            pass
        return True


def is_made(data_directory: str) -> bool:
    """Whether there is a database, running or not."""
    return (Path(data_directory) / "PG_VERSION").exists()


STILL_LEAVING = ("shared memory", 'lock file "postmaster.pid"')
"""What PostgreSQL says while a killed predecessor, or one of its children, has not quite gone."""


def running(data_directory: str) -> Postmaster:
    """The server of this data directory, made and started when that has not happened yet."""
    data = Path(data_directory)
    found = Postmaster.of(data)
    if found:
        return found
    with to_be_written(data), alone(data):
        return Postmaster.of(data) or start(data)


def begin_with(data_directory: str, fill: Callable[[Path], bool]) -> bool:
    """Let somebody fill a data directory that has no database yet. False when it has one, or was not filled."""
    data = Path(data_directory)
    with to_be_written(data), alone(data):
        if is_made(data_directory):
            return False
        prepare_for(data)
        empty(data)
        return fill(data)


@contextmanager
def to_be_written(data: Path) -> Iterator[None]:
    """Says in a sentence that the data directory cannot be."""
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        yield
    except PermissionError as error:
        raise StartupProblem(
            f"{data.parent} cannot be written. Make it writable, or set VAR_DIR to a directory that is."
        ) from error
    except OSError as error:
        raise StartupProblem(f"The embedded PostgreSQL cannot use {data}: {error.strerror or error}.") from error


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """One process at a time makes or starts the server; the lock ends with its holder, however that ends."""
    with open(f"{data}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start(data: Path) -> Postmaster:
    """Make the data directory if need be and start the server; wait while killed predecessors leave the memory."""
    prepare_for(data)
    if not is_made(str(data)):
        initialise(data)
    (data / ".handle_pids.json").unlink(missing_ok=True)  # left by killed users of the wheel's own launcher
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    options += f" -c listen_addresses= -k '{socket_directory(data)}'"
    arguments = ["-w", "-t", str(START_WITHIN), "-s", "-D", str(data), "-l", str(data / "log"), "-o", options, "start"]
    deadline = time.monotonic() + START_WITHIN
    while True:
        result = run("pg_ctl", arguments, data)
        found = Postmaster.of(data)
        if found:
            return found
        is_dying = any(words in last_lines(data) for words in STILL_LEAVING)
        if time.monotonic() > deadline or not is_dying:
            raise StartupProblem(f"The embedded PostgreSQL did not start; {data / 'log'} says: {why(data, result)}")
        time.sleep(0.2)


def initialise(data: Path) -> None:
    """Fill a new data directory: with what was prepared when the site was installed, or with nothing."""
    empty(data)
    if beginning.copy_database(data, beginning.kept_database()):
        return
    empty(data)
    arguments = [
        "--auth=trust",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "-U",
        "postgres",
        "--no-instructions",
        "--no-sync",  # there is nothing yet that could be lost
    ]
    result = run("initdb", [*arguments, "-D", str(data)], data)
    if result.returncode:
        raise StartupProblem(f"The embedded PostgreSQL could not make {data}: {result.stdout.strip()[-300:]}")


def empty(data: Path) -> None:
    """A half-made directory, left by a kill or a copy that failed, never held anything."""
    for leftover in data.iterdir():
        subprocess.run(["rm", "-rf", str(leftover)], check=True)  # noqa: S603, S607


def stop(data_directory: str, within: float = 4) -> bool:
    """Stop the server: first by asking, then by leaving it no choice (it recovers at the next start). Whether asking
    was enough. It gets its signals from us: `pg_ctl` could not reach a directory whose rights have changed."""
    found = Postmaster.of(Path(data_directory))
    if not found or found.ends(signal.SIGINT, within):
        return True
    found.ends(signal.SIGQUIT, 2)
    return False


def run(name: str, arguments: list[str], data: Path) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the owner of the data (PostgreSQL refuses to run as root).

    Its words go through a file: the server keeps the output of `pg_ctl` open, a pipe would never end.
    """
    with tempfile.TemporaryFile("w+") as words:
        done = subprocess.run(  # noqa: S603
            [program(name), *arguments],
            stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.STDOUT, cwd="/", check=False, **owner_of(data),
        )  # fmt: skip
        words.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, words.read())


def socket_directory(data: Path) -> Path:
    """Where the socket lies: in the data directory, or in a short private place when that path is too long."""
    if len(str(data / ".s.PGSQL.5432").encode()) <= LONGEST_SOCKET_PATH:
        return data
    place = Path(tempfile.gettempdir()) / f"porchlight-{hashlib.sha256(str(data).encode()).hexdigest()[:12]}"
    place.mkdir(mode=0o700, exist_ok=True)
    owner = data.stat()
    if place.stat().st_uid not in {os.geteuid(), owner.st_uid}:
        raise StartupProblem(f"{place} belongs to somebody else. Set VAR_DIR to a shorter path.")
    os.chown(place, owner.st_uid, owner.st_gid)
    return place


def last_lines(data: Path) -> str:
    try:
        return (data / "log").read_text(errors="replace")[-1500:]
    except OSError:
        return ""


def why(data: Path, result: subprocess.CompletedProcess[str]) -> str:
    """The reason in PostgreSQL's own words: the last fatal line of its log, or what pg_ctl said."""
    fatal = [line for line in last_lines(data).splitlines() if "FATAL" in line or "PANIC" in line]
    return (fatal or [result.stdout.strip() or "nothing"])[-1]
