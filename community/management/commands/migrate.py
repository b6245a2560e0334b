"""Django's `migrate`, quick with an empty database."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from community import first_tables


class Command(migrate.Command):
    """Brings the tables up to date; an empty database gets them in one go unless `--step-by-step` is asked for."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--step-by-step", action="store_true", help="Go through the whole history, even with an empty database."
        )

    def handle(self, *labels: str, **options: Any) -> None:
        step_by_step = options.pop("step_by_step", False)
        if not step_by_step and wants_everything(options) and first_tables.are_missing():
            steps = first_tables.make()
            if options["verbosity"]:
                self.stdout.write(f"An empty database: made all tables at once, as after {steps} steps.")
        super().handle(*labels, **options)


def wants_everything(options: dict[str, Any]) -> bool:
    """Whether this is a plain `migrate`: of the one database, to the newest state, for real."""
    others = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")
    return options["database"] == DEFAULT_DB_ALIAS and not any(options[name] for name in others)
