"""`manage.py urls`: every address of the site, what it lets through and who may open it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.routes import Route, routes


class Command(BaseCommand):
    help = "List every address: path, methods, name, who may open it, and whether it changes anything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="as JSON, for programs")
        parser.add_argument("--strict", action="store_true", help="fail when a route declares nothing")

    def handle(self, *, as_json: bool, strict: bool, **options: Any) -> None:
        found = routes()
        if as_json:
            self.stdout.write(json.dumps([route.as_json() for route in found], indent=1))
        else:
            for route in found:
                self.stdout.write(line_of(route))
        undeclared = [route.path for route in found if not route.access]
        if strict and undeclared:
            raise CommandError("These routes do not say who may open them: " + ", ".join(undeclared))


def line_of(route: Route) -> str:
    """One route on one line."""
    methods = ",".join(route.methods) or "any"
    access = route.access or "NOT DECLARED"
    mark = "changes" if route.changes_state else ""
    return f"{route.path:<50} {methods:<18} {access:<22} {route.name:<40} {mark}".rstrip()
