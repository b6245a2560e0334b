"""manage.py evaluate_spam FILE…: train on one half of labelled texts, measure on the other."""

import random
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation.learning.classifier import Example
from moderation.learning.labelled import Columns, Unreadable, read
from moderation.learning.measuring import Quality, quality, trained


class Command(BaseCommand):
    """Touches no table: a running site is not changed."""

    help = (
        "Measure the spam classifier. Each FILE holds labelled texts (CSV, TSV or JSON lines, packed by gzip or not)."
        " It is trained on a half that is drawn by lot and measured on the other one, with the cut it chose by itself."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--text", default="", help="column of the text")
        parser.add_argument("--label", default="", help="column of the label")
        parser.add_argument("--positive", default="", help="labels that mean spam, with commas")
        parser.add_argument("--seed", type=int, default=1, help="another seed draws other halves")
        parser.add_argument("--train", type=Path, action="append", default=[], help="train on this file, not on half")

    def handle(self, *args: Any, files: list[Path], train: list[Path], **options: Any) -> None:
        """One line of figures for each file, one for all of them together."""
        positive = frozenset(part.strip().lower() for part in options["positive"].split(",") if part.strip())
        columns = Columns(options["text"], options["label"], positive)
        try:
            known = read(train, columns)
            sets = {path.name: read([path], columns) for path in files}
        except (Unreadable, OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        if len(sets) > 1:
            sets["together"] = [row for rows in sets.values() for row in rows]
        for name, rows in sets.items():
            self.stdout.write(f"{name:<28} {measured(rows, known, options['seed'])}")


def measured(rows: list[Example], known: list[Example], seed: int) -> str:
    """The figures of one set."""
    mixed = rows[:]
    random.Random(seed).shuffle(mixed)  # noqa: S311 halves by lot, the same each time
    learned, asked = (known, mixed) if known else (mixed[: len(mixed) // 2], mixed[len(mixed) // 2 :])
    if not any(is_so for _text, is_so in learned) or all(is_so for _text, is_so in learned):
        raise CommandError("There must be both kinds among the texts to learn from.")
    model, cut, _found = trained(learned)
    return told(quality([(model.score(text), is_so) for text, is_so in asked], cut), len(learned), len(asked), cut)


def told(found: Quality, learned: int, asked: int, cut: float) -> str:
    """Figures as one line."""
    return (
        f"learned from {learned}, asked {asked}, cut {cut:.2f}: "
        f"precision {found.precision:.3f}   recall {found.recall:.3f}   F1 {found.f1:.3f}"
    )
