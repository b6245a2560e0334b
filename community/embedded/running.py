"""The running site: its processes, how they are watched, and how they stop."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

import psycopg
from django.conf import settings
from django.db import connections

from community import moving_in
from community.embedded import told, valkey
from community.embedded.address import note_address
from community.embedded.postgres import server
from community.embedded.problems import StartupProblem
from community.embedded.processes import Child, say, stop_all

READY_WITHIN = 60.0
CHILDREN_STOP_WITHIN = 6.0
LINES_END_WITHIN = 1.5
MANY_SOCKETS = "16384"
SLOWEST_STATEMENTS = "-c statement_timeout=20s -c lock_timeout=8s"  # nobody waits longer than that for a page


class Site:
    """Everything that one `up` runs: web, worker, and the Valkey and PostgreSQL that came with the wheels."""

    def __init__(self, host: str, port: int, workers: int) -> None:
        self.host, self.port, self.workers = host, port, workers
        self.var: Path = settings.VAR
        self.environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.environment.setdefault("SITE_URL", f"http://localhost:{port}")
        self.embedded_data = settings.DATABASES["default"].get("DATA_DIRECTORY", "")
        self.valkey: Child | None = None
        self.children: list[Child] = []
        self.demo: Child | None = None
        self.has_told_demo = False
        self.is_stopping = False

    def start_valkey(self) -> None:
        """Start the embedded Valkey and tell the children where it is, unless REDIS_URL names another."""
        if settings.REDIS_URL:
            return
        self.valkey = Child("valkey", valkey.command(self.var), self.environment)
        self.valkey.start()
        self.environment["REDIS_URL"] = valkey.address(self.var)
        self.wait_for(lambda: valkey.answers(self.var), "The embedded Valkey does not answer", [self.valkey], 15.0)

    def start_children(self) -> None:
        """Those who answer people come first; the others load when pages are open."""
        patient = {**self.environment, **({"PGOPTIONS": SLOWEST_STATEMENTS} if self.embedded_data else {})}
        if not self.demo:
            moving_in.end()  # a note of a start that was killed
        self.children = [Child("web", self.web(), patient), Child("worker", self.worker(), self.environment)]
        if getattr(settings, "IMAP_URL", ""):
            self.children.append(Child("mailbox", self.manage("mailbox"), self.environment))
        note_address(self.var, self.environment["SITE_URL"])
        web = self.children[:1]
        web[0].start()
        self.wait_for(self.is_open, "The site does not become ready; its log above says why", web, READY_WITHIN)
        if not self.is_stopping:
            for child in self.children[1:]:
                child.start()

    def load_demo(self) -> None:
        """A first start for sure: the demo that was told at the installation moves in. When there is none, or it was
        told too long ago, one loads itself and draws its pictures while the database is made."""
        if not self.embedded_data or server.is_made(self.embedded_data):
            return
        self.has_told_demo = server.begin_with(self.embedded_data, told.move_in)
        if self.has_told_demo:
            say("up", "the demo community moves in, as it was told when the site was installed")
        else:
            self.start_demo("demo", "--held")

    def begin_demo(self) -> None:
        """Make the demo community beside the start of everything else: it takes longer than that."""
        say("up", "making the demo community (first start only)")
        moving_in.begin()
        if self.demo:
            self.demo.let_go()
        else:
            self.start_demo("demo")

    def start_demo(self, *command: str) -> None:
        self.environment["DEMO_MOVES_IN"] = "true"
        self.demo = Child("demo", self.manage(*command), self.environment, is_held="--held" in command)
        self.demo.start()

    def wait_for_demo(self) -> None:
        """Until the demo has moved in. It is one transaction: stopped halfway, nothing is there, and it begins anew."""
        if self.demo and not self.demo.is_gone():
            say("up", f"{self.environment['SITE_URL']} is open, and shows how far the demo community is")
        while self.demo and not self.demo.is_gone() and not self.is_stopping:
            time.sleep(0.1)
        moving_in.end()
        if self.demo and self.demo.has_failed():
            say("up", "the demo community could not move in: its log above says why; manage.py demo tries again")

    def web(self) -> list[str]:
        """Granian with the ASGI front. A socket counts as a request in progress, so the limit on those is high."""
        return [
            sys.executable, "-m", "granian", "community.front:application",
            "--interface", "asgi",
            "--host", self.host,
            "--port", str(self.port),
            "--workers", str(self.workers),
            "--backlog", "4096",
            "--backpressure", MANY_SOCKETS,
            "--loop", "uvloop",
            "--respawn-failed-workers",
            "--workers-kill-timeout", "4",
            "--working-dir", str(settings.ROOT),
            "--log-level", "warning",
        ]  # fmt: skip

    def worker(self) -> list[str]:
        gives_way = ["nice", "-n", "5"] if shutil.which("nice") else []  # pages come first on a busy machine
        return gives_way + self.manage(
            "procrastinate", "worker", "--concurrency", "4", "--shutdown-graceful-timeout", "4"
        )

    def manage(self, *arguments: str) -> list[str]:
        return [sys.executable, str(settings.ROOT / "manage.py"), *arguments]

    def is_open(self) -> bool:
        """Whether the web process answers, and says that all it needs is there, but for a demo that moves in."""
        host = (settings.ALLOWED_HOSTS or ["localhost"])[0].lstrip(".*") or "localhost"
        probe = "/health/" if moving_in.progress() else "/ready/"
        near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        line = HTTPConnection(near, self.port, timeout=5)
        try:
            line.request("GET", probe, headers={"Host": host})
            return line.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            line.close()

    def wait_for(self, is_true: Callable[[], bool], problem: str, children: list[Child], within: float) -> None:
        deadline = time.monotonic() + within
        while not is_true():
            if self.is_stopping:
                return
            if time.monotonic() > deadline or any(child.starts > 3 for child in children):
                raise StartupProblem(f"{problem}.")
            for child in children:
                child.watch()
            time.sleep(0.1)

    def watch(self) -> None:
        """Keep everything running until somebody asks to stop."""
        while not self.is_stopping:
            if self.embedded_data:
                self.keep_database()
            for child in [self.valkey, *self.children]:
                if child is not None:
                    child.watch()
            time.sleep(0.25)

    def keep_database(self) -> None:
        """Start the embedded PostgreSQL again when it has died."""
        if server.Postmaster.of(Path(self.embedded_data)):
            return
        say("postgres", "has ended and is started again")
        try:
            server.running(self.embedded_data)
        except StartupProblem as problem:
            say("postgres", str(problem))

    def on_signals(self) -> None:
        """Ctrl-C and SIGTERM ask to stop; asking twice changes nothing."""

        def ask(number: int, frame: FrameType | None) -> None:
            self.is_stopping = True

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, ask)

    def stop(self) -> None:
        """Stop all: those who answer people first, then what they stood on."""
        say("up", "stopping")
        connections.close_all()  # our own line must not keep the database running
        stop_all([*self.children, *([self.demo] if self.demo else [])], CHILDREN_STOP_WITHIN)
        stop_all([self.valkey] if self.valkey else [], 1.0)
        if self.embedded_data and self.is_left_by_all():
            server.stop(self.embedded_data, within=2)
        say("up", "stopped")

    def is_left_by_all(self) -> bool:
        """Whether nobody is connected to the database; PostgreSQL takes a moment to see that our own have gone."""
        deadline = time.monotonic() + LINES_END_WITHIN
        while self.others_use_database():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        return True

    def others_use_database(self) -> bool:
        """Whether somebody else, a shell or a test run, is still connected to the embedded PostgreSQL."""
        postmaster = server.Postmaster.of(Path(self.embedded_data))
        if postmaster is None:
            return False
        query = (
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        try:
            with psycopg.connect(
                host=postmaster.socket_directory, user="postgres", dbname="postgres", connect_timeout=2
            ) as line:
                row = line.execute(query).fetchone()
                return row is not None and bool(row[0])
        except psycopg.Error:
            return False
