"""`manage.py backup FILE`: database, uploads and checksums in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from community.embedded.backups import back_up


class Command(BaseCommand):
    help = "Write a backup: the database and all uploads, with checksums. The site may go on running."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        manifest = back_up(file)
        size = file.stat().st_size / 1_000_000
        self.stdout.write(f"{file}: the database and {len(manifest['files']) - 1} uploads, {size:.1f} MB.")
