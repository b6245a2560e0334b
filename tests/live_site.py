"""The real site for tests that need one: `manage.py up` on a free port, with a database of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from django.conf import settings
from django.test import Client

from community.embedded import valkey
from tests.databases import ROOT, address_of, maintenance
from tests.template_database import template


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


@dataclass
class RunningSite:
    """A site that was started by `manage.py up` as child processes, mostly without the demo."""

    port: int
    var: Path
    database: str
    process: subprocess.Popen = field(repr=False)
    log: Path

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def path(self, path: str) -> str:
        """The full address of a path."""
        return self.url + path

    def sign_in(self, page, person) -> None:
        """Sign the person in on this browser page's context, as `client.force_login` does it."""
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": self.session(person), "url": self.url}
        page.context.add_cookies([cookie])

    def session(self, person) -> str:
        """The key of a fresh session of this person."""
        client = Client()
        client.force_login(person)
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def sign_out(self, page) -> None:
        page.context.clear_cookies()

    def words(self) -> str:
        """The site's log so far."""
        return self.log.read_text(errors="replace")

    def wait_ready(self, within: float = 240) -> None:
        deadline = time.monotonic() + within
        with httpx.Client(timeout=5) as line:
            while time.monotonic() < deadline:
                if self.process.poll() is not None:
                    raise AssertionError(f"up ended with {self.process.returncode}:\n{self.words()[-3000:]}")
                with suppress(httpx.HTTPError):
                    if "is ready" in self.words() and line.get(self.path("/ready/")).status_code == 200:
                        return
                time.sleep(0.1)
        raise AssertionError(f"not ready after {within} s:\n{self.words()[-3000:]}")

    def stop(self, within: float = 60) -> int:
        """Ctrl-C; answers the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(within)


def start_site(
    var: Path, port: int = 0, database_url: str = "", *, with_demo: bool = False, **environment: str
) -> RunningSite:
    """Start the real site in a process of its own; `wait_ready()` on what is answered."""
    port = port or free_port()
    var.mkdir(parents=True, exist_ok=True)
    env = {**os.environ, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "community.settings"}
    env |= {"NEW_MEMBER_SECONDS": "0", **environment}  # who drives a browser by program types faster than anybody
    env.pop("REDIS_URL", None)
    env.update({"DATABASE_URL": database_url} if database_url else {})
    if not database_url:
        env.pop("DATABASE_URL", None)
    command = [sys.executable, str(ROOT / "manage.py"), "up", "--port", str(port), "--workers", "2"]
    command += [] if with_demo else ["--no-demo"]
    log = var / "up.log"
    with log.open("w") as out:
        process = subprocess.Popen(command, env=env, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT)
    return RunningSite(port, var, database_url, process, log)


def fresh_database(name: str, copied: str = "") -> str:
    """Make a database with empty tables, or a copy of another, on the server of the tests; answers its DATABASE_URL.

    It is gone with the tests, so nobody waits until the disk has what was written.
    """
    copied = copied or template()
    with maintenance() as line:
        line.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        line.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copied}"')
        line.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    return address_of(name)


def redis_address(var: Path) -> str:
    """Where the site's embedded Valkey listens."""
    return valkey.address(var)
