"""manage.py import_threads FILE: bring in support threads from elsewhere, with attribution."""

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from community.live.purging import purge
from forums.questions.importing import Origin, Report, import_threads, lines, newest


class Command(BaseCommand):
    """May be stopped and started again; what is here already is left alone."""

    help = "Bring in threads from JSON lines (plain or .gz). Bad lines are reported and skipped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as-of", help="move all dates so that the newest thread began on this day (or: today)")
        parser.add_argument("--source", default="Mozilla Support contributors", help="whom the pages name")
        parser.add_argument("--licence", default="CC BY-SA 3.0")
        parser.add_argument("--brand", default="Mozilla", help="brand of products that are made")
        parser.add_argument("--to-desk", action="store_true", help="put unanswered threads into the agents' queue")

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        shift = self.shift(path, options["as_of"])
        origin = Origin(options["source"], options["licence"], options["brand"], shift, options["to_desk"])
        total = sum(1 for _ in lines(path))
        report = Report()
        for report in import_threads(path, origin):
            self.show(report, total)
        self.stdout.write(
            f"\n{report.added} threads with {report.posts} posts added, {report.known} were here already."
        )
        for line in report.bad:
            self.stderr.write(f"skipped {line}")
        purge("*")

    def shift(self, path: Path, as_of: str | None) -> timedelta:
        """How far all dates move."""
        if not as_of:
            return timedelta(0)
        day = timezone.localdate() if as_of == "today" else parse_date(as_of)
        if day is None:
            raise CommandError("--as-of takes a day such as 2026-11-20, or the word today.")
        latest = newest(path)
        end = timezone.make_aware(datetime(day.year, day.month, day.day, 9))
        return min(end, timezone.now()) - latest if latest else timedelta(0)

    def show(self, report: Report, total: int) -> None:
        """The progress bar."""
        done = report.added + report.known + len(report.bad)
        filled = "█" * (30 * done // max(1, total))
        self.stdout.write(f"\r{filled:<30} {done} of {total}", ending="")
        if sys.stdout.isatty():
            self.stdout.flush()
