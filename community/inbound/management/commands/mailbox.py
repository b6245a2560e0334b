"""`manage.py mailbox`: waits in the IMAP mailbox and takes new mail within a second."""

import logging
import signal
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from community.inbound.mailbox import can_idle, fetch_new, open_mailbox
from community.inbound.tasks import read_inbound

log = logging.getLogger(__name__)
STAY = 9 * 60  # servers drop an IDLE after 29 minutes, networks after ten
WAIT_AFTER_ERROR = 30


class Command(BaseCommand):
    """Run beside the worker where `IMAP_URL` is set. Without it the worker still polls once a minute."""

    help = "Wait in the IMAP mailbox for replies to private conversations (IDLE, else polling)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="fetch what is there and stop")
        parser.add_argument("--every", type=int, default=20, help="seconds between looks where IDLE is not offered")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IMAP_URL:
            raise CommandError("Set IMAP_URL first, such as imaps://user:password@mail.example.com/INBOX.")
        signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        try:
            while not self.stay(options["every"], is_once=options["once"]):
                pass
        except KeyboardInterrupt:
            self.stdout.write("Mailbox left.")

    def stay(self, every: int, *, is_once: bool) -> bool:
        """One sign-in: fetch, wait, fetch … until the connection is old or lost. True when there is no more to do."""
        try:
            with open_mailbox() as box:
                end = time.monotonic() + STAY
                while time.monotonic() < end:
                    for mail in fetch_new(box):
                        read_inbound.defer(mail_id=mail.pk)
                    if is_once:
                        return True
                    box.idle.wait(timeout=60) if can_idle(box) else time.sleep(every)
                    close_old_connections()
        except OSError as error:  # imaplib's errors and those of sockets
            self.complain(error)
        except Exception as error:  # imap-tools has errors of its own; the mailbox is tried again whatever it was
            self.complain(error)
        return is_once

    def complain(self, error: Exception) -> None:
        """Say once what is wrong, and wait before the next try."""
        log.warning("mailbox not reachable", extra={"error": str(error)})
        self.stderr.write(f"Mailbox not reachable: {error}")
        time.sleep(WAIT_AFTER_ERROR)
