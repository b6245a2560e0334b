"""manage.py prepare: make what every first start needs, once, when the site is installed."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from community.embedded import beginning, told
from community.embedded.postgres import server
from community.embedded.postgres.programs import wheel
from community.embedded.processes import ask_to_die_with_parent

OWN = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "MEDIA_DIR", "PRIVATE_MEDIA_DIR")
"""Settings that would lead out of the directory in which it is made."""
PATIENT = 60


@dataclass
class Step:
    """A command of ours, with a directory of its own for all data."""

    var: Path
    made: Path
    kept: Path
    process: subprocess.Popen[bytes]

    @classmethod
    def begin(cls, var: Path, name: str, kept: Path, *words: str) -> "Step":
        var.mkdir(exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if name not in OWN}
        environment |= {"VAR_DIR": str(var), "SECRET_KEY": settings.SECRET_KEY, "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, str(settings.ROOT / "manage.py"), *words]
        process = subprocess.Popen(command, env=environment, preexec_fn=ask_to_die_with_parent)  # noqa: S603
        return cls(var, var / name, kept, process)

    def finish(self) -> None:
        """Keep what it made, when it has made it."""
        failed = self.process.wait()
        if not server.stop(str(self.var / "postgres"), within=PATIENT) or failed:
            raise CommandError("Not prepared. The first start takes a little longer, and makes what is missing.")
        beginning.keep(self.made, self.kept)

    def stop(self) -> None:
        """Leave nothing running, whatever happened."""
        self.process.terminate()
        self.process.wait()
        server.stop(str(self.var / "postgres"))


class Command(BaseCommand):
    """Safe to repeat and to stop: what still fits is left as it is, and nothing is kept that is not whole."""

    help = "Make an empty database with its tables, the static files, and a told demo, for first starts to copy."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="let the first start tell the demo community")

    def handle(self, *, no_demo: bool, **options: Any) -> None:
        try:
            with alone() as var, ExitStack() as running:
                self.prepare(var, running, with_demo=told.is_wanted() and not no_demo)
        except KeyboardInterrupt:  # whoever called us shall know that it was no failure of ours
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGINT)

    def prepare(self, var: Path, running: ExitStack, *, with_demo: bool) -> None:
        """The static files beside the others; the demo on a copy of the empty database."""

        def begin(name: str, kept: Path, *words: str) -> Step:
            step = Step.begin(var / words[0], name, kept, *words)
            running.callback(step.stop)
            return step

        quiet, left = ("--no-input", "--verbosity", "0"), list[Step]()
        if not (kept := beginning.kept_static()).exists():
            left.append(begin("static", kept, "collectstatic", *quiet))
        if not (kept := beginning.kept_database()).exists() and wheel():
            begin("postgres", kept, "migrate", *quiet).finish()
        if with_demo and not told.is_good(kept := told.kept()):
            self.stdout.write("Telling the demo community its year (once, about half a minute) ...")
            left.append(begin(".", kept, "demo"))
        for step in left:
            step.finish()


@contextmanager
def alone() -> Iterator[Path]:
    """A directory to work in. One at a time prepares; what a killed one has left goes, its database first."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with open(settings.VAR / "prepare.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in settings.VAR.glob("prepare-*"):
            for database in left.glob("*/postgres"):
                server.stop(str(database))
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix="prepare-", dir=settings.VAR) as folder:
            yield Path(folder)
