"""manage.py reindex: make the search index again from what is there."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community.live.purging import purge
from community.search.reindexing import reindex


class Command(BaseCommand):
    """May be run on a running site, stopped and started again; people go on searching meanwhile."""

    help = "Make the search index again, and count its words."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--missing", action="store_true", help="only what is not in the index yet")

    def handle(self, **options: Any) -> None:
        total = reindex(self.show, again=not options["missing"])
        purge("search")
        self.stdout.write(f"\n{total} things can be found.")

    def show(self, kind: str, done: int) -> None:
        """How far it is."""
        self.stdout.write(f"\r{kind}: {done}      ", ending="")
        if sys.stdout.isatty():
            self.stdout.flush()
