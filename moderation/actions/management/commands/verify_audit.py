"""Has somebody changed the audit log? `manage.py verify_audit`, with `--head` a digest that was written down before."""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from moderation.actions import sealing
from moderation.actions.models import Seal

MOST = 50


class Command(BaseCommand):
    help = "Checks the chain of the audit log and names each place where it does not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", default="", help="a digest that this command printed before")

    def handle(self, *args: Any, head: str, **options: Any) -> None:
        """Print each fault with its place; fail when there is one."""
        found = list(sealing.faults())
        if head and not Seal.objects.filter(digest=head).exists():
            found.append(sealing.Fault(0, 0, "the digest is not in the chain: seals were cut off or made anew"))
        for fault in found[:MOST]:
            self.stdout.write(f"seal {fault.number}, event {fault.event}: {fault.sentence}")
        if found:
            raise CommandError(f"The audit log was changed in {len(found)} place(s).")
        sealing.seal_events()
        self.stdout.write(told())


def told() -> str:
    """What to write down elsewhere."""
    last = sealing.head()
    return (
        f"The audit log is whole: {last.number} seals, the last is {last.digest}" if last else "Nothing is sealed yet."
    )
