"""`make crm`: a real CRM beside the demo, to watch contact, case and timeline arrive. Ctrl-C stops it."""

import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from community.embedded.address import address_of_site
from moderation.crm.models import Connection
from moderation.crm.sealing import seal
from moderation.crm.tryton.first_steps import ADMIN_PASSWORD, LOGIN, PASSWORD
from moderation.crm.tryton.home import DATABASE, Home, Server


class Command(BaseCommand):
    """Install, start and connect a Tryton on the loopback."""

    help = "Install Tryton in its own environment, start it on a loopback port and connect this site to it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8790)
        parser.add_argument("--no-connect", action="store_true", help="leave the connections as they are")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is for looking at the product, not for production. Connect your own CRM instead.")
        server = self.start(options["port"])
        try:
            if not options["no_connect"]:
                self.connect(server)
            self.tell(server)
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            server.process.wait()
        except KeyboardInterrupt:
            self.stdout.write("\nStopping Tryton.")
        finally:
            server.stop()

    def start(self, port: int) -> Server:
        """The server, installed first when needed."""
        home = Home(Path(settings.VAR), self.stdout.write)
        try:
            home.make(with_client=True)
            return home.start(Path(settings.VAR) / "tryton-data", port)
        except RuntimeError as error:
            raise CommandError(str(error)) from error

    def connect(self, server: Server) -> None:
        """One connection named tryton, made or pointed here; whatever waited for a CRM begins to flow."""
        connection, _is_new = Connection.objects.get_or_create(name="tryton", defaults={"kind": "tryton"})
        if not connection.sealed:  # the demo's own has contacts in doubt that are not in this Tryton
            connection.matches.all().delete()
        connection.settings = {"url": server.url, "database": DATABASE, "login": LOGIN, "company": ""}
        connection.sealed, connection.session = seal({"password": PASSWORD}), ""
        connection.is_private_allowed = connection.sends_contact_data = True
        connection.state, connection.failures, connection.open_until = Connection.State.ACTIVE, 0, None
        connection.pause_reason = ""
        connection.save()
        connection.check_now()
        connection.wake_all()
        self.stdout.write(connection.check_result)

    def tell(self, server: Server) -> None:
        self.stdout.write(
            f"Tryton listens at {server.url} (user admin, password {ADMIN_PASSWORD}). The site's connection is at "
            f"{address_of_site()}/desk/crm/. Ctrl-C stops Tryton."
        )
