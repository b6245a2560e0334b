"""manage.py evaluate_similar FILE…: how often the right question is among the first five suggestions."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.search.evaluating import METHODS, Report, evaluate, methods
from community.search.meaning import is_here


class Command(BaseCommand):
    """Works on tables of its own, gone when it ends: a running site is not touched."""

    help = (
        "Measure suggestions on other data. Each file holds JSON lines: documents {id, title, body} and queries"
        " {id, relevant} with title and body, or with the id of the document that asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--compare", action="store_true", help="also plain methods: all words, any word, trigrams")

    def handle(self, **options: Any) -> None:
        documents: dict[str, dict[str, Any]] = {}
        queries: list[dict[str, Any]] = []
        for line in lines(options["files"]):
            if "relevant" in line:
                queries.append(line)
            else:
                documents[str(line["id"])] = line
        if not documents or not queries:
            raise CommandError("There must be documents ({id, title, body}) and queries ({id, relevant}) in the files.")
        how = "by words and meaning" if is_here() else "by words (the language model is not installed or turned off)"
        chosen = METHODS if options["compare"] else methods("similar")
        self.stdout.write(f"{len(documents)} documents, {len(queries)} queries; in the first five, {how}:")
        for name, report in evaluate(documents, queries, chosen):
            self.stdout.write(told(name, report))


def told(name: str, report: Report) -> str:
    """One line of the result."""
    return (
        f"{name:<28} success {report.success:.3f}   recall {report.recall:.3f}   "
        f"{report.median:.0f} ms in the middle, {report.p95:.0f} ms at most for 95 of 100"
    )


def lines(files: list[Path]) -> Iterator[dict[str, Any]]:
    """The objects of all files, packed by gzip or not."""
    for path in files:
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise CommandError(f"{path}, line {number}: {error}") from None
