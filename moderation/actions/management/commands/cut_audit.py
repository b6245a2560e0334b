"""Old entries of the audit log go into a signed file and out of the database: `manage.py cut_audit FILE`."""

from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from moderation.actions.cutting import NotYet, cut, oldest_kept


class Command(BaseCommand):
    help = "Exports and deletes what of the audit log is older than AUDIT_KEPT_DAYS. verify_audit goes on to work."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a new file for what goes; it is signed and checked first")
        parser.add_argument("--before", default="", help="a day further back, such as 2024-01-01")

    def handle(self, *args: Any, file: Path, before: str, **options: Any) -> None:
        """Export, check, delete; fail without a change when one of them cannot be done."""
        day = parse_date(before) if before else None
        if before and day is None:
            raise CommandError(f"{before} is no day. Write it as 2024-01-01.")
        moment = timezone.make_aware(datetime.combine(day, time.min)) if day else oldest_kept()
        try:
            closing = cut(moment, file)
        except (NotYet, OSError) as error:
            raise CommandError(str(error)) from error
        if closing is None:
            self.stdout.write("Nothing is that old.")
            return
        self.stdout.write(
            f"{file} holds what was cut, up to seal {closing.number}. Keep it: sha256 {closing.file_digest}.\n"
            "verify_audit begins there from now on."
        )
