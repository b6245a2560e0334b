"""`manage.py up`: the whole site with one command."""

import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import connections

from community.embedded import preparing, told
from community.embedded.problems import StartupProblem
from community.embedded.processes import say
from community.embedded.running import Site
from community.people.demo import is_demo_on
from community.people.demo_cast import PASSWORD


class Command(BaseCommand):
    help = "Start the whole site: database, live layer, web and worker. Ctrl-C stops it; the data stays."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="web processes")
        parser.add_argument("--no-demo", action="store_true", help="start empty instead of with the demo community")

    def handle(self, *, host: str, port: int, workers: int, no_demo: bool, **options: Any) -> None:
        site = Site(host, port, workers)
        try:
            hold = preparing.hold(site.var)
            preparing.free_port(host, port)
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            self.prepare(site, with_demo=not (no_demo or settings.PRODUCTION))
            site.on_signals()
            site.start_children()
            site.wait_for_demo()
            if not site.is_stopping:
                self.welcome(site)
            site.watch()
        except KeyboardInterrupt:
            site.is_stopping = True
        except StartupProblem as problem:
            sys.stderr.write(f"{problem}\n")
            site.stop()
            sys.exit(1)
        site.stop()
        hold.close()

    def prepare(self, site: Site, *, with_demo: bool) -> None:
        """Everything that has to be there before the first visitor."""
        site.start_valkey()
        if with_demo:
            site.load_demo()
        preparing.database()
        if site.has_told_demo:
            told.readdress(settings.SITE_URL, site.environment["SITE_URL"])
        static_files = preparing.StaticFiles(site.var)
        preparing.tables()
        if with_demo and not get_user_model().objects.exists():
            site.begin_demo()
        static_files.wait()
        connections.close_all()

    def welcome(self, site: Site) -> None:
        """Where the site is, and how to look around."""
        address = site.environment["SITE_URL"]
        say("up", f"Porchlight is ready: {address}")
        if is_demo_on():
            say("up", f"Step into anybody's shoes with one click: {address}/demo/")
            say("up", f"Or sign in as ana, chris (customers) or ben (champion), password {PASSWORD}")
            say("up", "The team (dora, fay, kim …) has the same password and a second factor, which /demo/ skips")
        connections.close_all()
        say("up", "Ctrl-C stops it. The data stays.")
