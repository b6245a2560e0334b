"""manage.py evaluate_toxicity FILE…: how good the toxicity hint is on labelled texts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation.learning.labelled import Columns, Unreadable, read
from moderation.learning.measuring import quality
from moderation.learning.toxicity import CUT, toxicity


class Command(BaseCommand):
    """Reads files only."""

    help = "Measure the toxicity hint. Each FILE holds labelled texts: CSV, TSV or JSON lines, packed by gzip or not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--text", default="", help="column of the text")
        parser.add_argument("--label", default="", help="column of the label")
        parser.add_argument("--positive", default="", help="labels that mean toxic, with commas")
        parser.add_argument("--cut", type=float, default=CUT, help="from this score on it is pointed out")
        parser.add_argument("--cuts", action="store_true", help="also other cuts")

    def handle(self, *args: Any, files: list[Path], cut: float, cuts: bool, **options: Any) -> None:
        """One line of figures for each file and cut, and how many of the others are pointed out by mistake."""
        positive = frozenset(part.strip().lower() for part in options["positive"].split(",") if part.strip())
        columns = Columns(options["text"], options["label"], positive)
        for path in files:
            try:
                rows = read([path], columns)
            except (Unreadable, OSError, ValueError) as error:
                raise CommandError(str(error)) from error
            scored = [(toxicity(text), is_so) for text, is_so in rows]
            others = sum(not is_so for _score, is_so in scored) or 1
            for each in [cut, *(step / 10 for step in range(1, 10))] if cuts else [cut]:
                found = quality(scored, each)
                self.stdout.write(
                    f"{path.name:<28} {len(rows)} texts, cut {each:.2f}: precision {found.precision:.3f}   "
                    f"recall {found.recall:.3f}   F1 {found.f1:.3f}   false alarms {100 * found.wrong / others:.2f} %"
                )
