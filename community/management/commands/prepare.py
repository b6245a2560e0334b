"""manage.py prepare: make what every first start needs, once, when the site is installed."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from community.embedded import beginning
from community.embedded.postgres import server
from community.embedded.postgres.programs import wheel


class Command(BaseCommand):
    """Safe to repeat: what is kept and still fits is left as it is."""

    help = "Make an empty database with its tables, and the static files, for first starts to copy."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="prepare-", dir=settings.VAR) as folder:
            var = Path(folder)
            wanted = [("collectstatic", var / "static", beginning.kept_static())]
            wanted += [("migrate", var / "postgres", beginning.kept_database())] if wheel() else []
            running = [(self.begin(var, name), made, kept) for name, made, kept in wanted if not kept.exists()]
            try:
                ended = [process.wait() for process, _made, _kept in running]
            finally:
                server.stop(str(var / "postgres"))
            if any(ended):
                raise CommandError("Not prepared. The first start takes a little longer, and makes what is missing.")
            for _process, made, kept in running:
                beginning.keep(made, kept)

    def begin(self, var: Path, command: str) -> subprocess.Popen[bytes]:
        """A command of ours with a directory of its own for all data."""
        environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        words = [sys.executable, str(settings.ROOT / "manage.py"), command, "--no-input", "--verbosity", "0"]
        return subprocess.Popen(words, env={**environment, "VAR_DIR": str(var)})  # noqa: S603
