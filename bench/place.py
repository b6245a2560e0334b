"""Where a bench runs: a folder and a database of its own, and the real site on a port of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections

from community.embedded.postgres.server import stop

ROOT = Path(__file__).resolve().parent.parent
NO_LIMITS = {"POSTS_A_MINUTE": "1000000000", "NEW_MEMBER_POSTS_A_DAY": "1000000000", "MEMBER_REPEATS": "1000000000"}


def settle(folder: str | Path, **more: str) -> None:
    """Say to this process and its children where all of it lies. To be called before anything of Django is imported."""
    os.environ.update(VAR_DIR=str(folder), DJANGO_SETTINGS_MODULE="community.settings", PYTHONWARNINGS="ignore", **more)
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    Path(folder).mkdir(parents=True, exist_ok=True)


def wipe(folder: Path) -> None:
    """Begin with nothing. A PostgreSQL that still runs in the folder is stopped first: it would be left in the air."""
    stop(str(folder / "postgres"))
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_site(port: int = 0) -> Iterator[tuple[str, int]]:
    """The site with two workers, its address and the number of its process; stopped in the end."""
    port, folder = port or free_port(), Path(os.environ["VAR_DIR"])
    command = [sys.executable, "manage.py", "up", "--no-demo", "--workers", "2", "--port", str(port)]
    with Path(folder, "up.log").open("w") as log:
        site = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_for(site, folder / "up.log")
        yield f"http://127.0.0.1:{port}", site.pid
    finally:
        connections.close_all()  # ours would keep the site from stopping its PostgreSQL
        site.send_signal(signal.SIGINT)
        site.wait(60)


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def wait_for(site: subprocess.Popen, log: Path) -> None:
    """Until the site is ready; a site that ends instead is a failure."""
    for _ in range(3000):
        if site.poll() is not None:
            raise SystemExit(f"The site did not start; {log} says why.")
        if "is ready" in log.read_text():
            return
        time.sleep(0.2)
    raise SystemExit("The site was not ready within ten minutes.")
