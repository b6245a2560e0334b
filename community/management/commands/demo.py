"""manage.py demo: fill the site with Northlight Audio and Kettle, or take them away again."""

import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import get_resolver

from community import moving_in
from community.live.purging import purge
from community.people.demo import is_demo_on
from community.staging import Stage


@contextmanager
def patient_memory() -> Iterator[None]:
    """Looking for circles among all that stays would take a twentieth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Command(BaseCommand):
    """Safe to repeat: a demo that is there already is left as it is."""

    help = "Fill the site with a believable community, or remove it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take the demo away, with everything said in it")
        parser.add_argument("--profile", choices=["community", "acceptance"], default="community")
        parser.add_argument("--held", action="store_true", help="load, and begin when standard input ends")
        parser.add_argument("--json", action="store_true", help="print sign-ins and addresses for a test program")

    def handle(self, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo is for trying out. It is never installed with production settings.")
        builders = [import_module(name) for name in settings.DEMO_BUILDERS]
        if options["held"]:
            self.get_ready(builders)
            sys.stdin.read()
        cache.delete("demo.is_on")
        if options["remove"]:
            self.remove(builders)
        elif is_demo_on():
            self.say(options, "The demo is here already.")
        else:
            self.build(builders, options)
        cache.delete("demo.is_on")
        if options["json"]:
            facts = [builder.facts(options["profile"]) for builder in builders if hasattr(builder, "facts")]
            self.stdout.write(json.dumps({name: value for part in facts for name, value in part.items()}, indent=2))

    def get_ready(self, builders: list[Any]) -> None:
        """Whatever takes long and asks no database."""
        get_resolver().url_patterns  # noqa: B018 - all views are loaded
        for builder in builders:
            if hasattr(builder, "get_ready"):
                builder.get_ready()

    @transaction.atomic
    def build(self, builders: list[Any], options: dict[str, Any]) -> None:
        stage = Stage()
        for builder in builders:
            builder.build(stage)
        with patient_memory():
            stage.play(lambda done, total: self.tell(options, done, total))
        self.say(options, "Northlight Audio and Kettle have moved in.")
        purge("*")

    @transaction.atomic
    def remove(self, builders: list[Any]) -> None:
        try:
            said = [builder.remove() for builder in reversed(builders)]
        except ProtectedError as error:
            held = ", ".join(sorted({f"{row._meta.verbose_name} {row.pk}" for row in error.protected_objects})[:5])
            sentence = f"Nothing was removed: matters of people who are none of the demo's hold on to it ({held})."
            raise CommandError(sentence) from error
        purge("*")
        self.stdout.write(" ".join(["The demo is gone.", *filter(None, said)]))

    def tell(self, options: dict[str, Any], done: int, total: int) -> None:
        moving_in.tell(done, total)
        if done % 100 == 0:
            self.say(options, f"a year goes by: {done} of {total}")

    def say(self, options: dict[str, Any], words: str) -> None:
        if not options["json"]:
            self.stdout.write(words)
