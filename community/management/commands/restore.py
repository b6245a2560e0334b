"""`manage.py restore FILE`: bring a backup back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from community.embedded.backups import restore, verify


class Command(BaseCommand):
    help = "Bring a backup back into an empty database. Stop the site first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace what is in the database now")
        parser.add_argument("--verify", action="store_true", help="only compare the checksums")

    def handle(self, *, file: Path, replace: bool, verify: bool, **options: Any) -> None:
        manifest = check(file) if verify else restore(file, replace=replace)
        done = "is whole" if verify else "is back"
        self.stdout.write(f"The backup of {manifest['made_at'][:16]} {done}: {len(manifest['files']) - 1} uploads.")


check = verify
