"""Has somebody changed the audit log? `manage.py verify_audit`, with `--head` a digest that was written down before."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from moderation.actions import sealing
from moderation.actions.models import Seal
from moderation.actions.signing import fault_of, public_key

MOST = 50


class Command(BaseCommand):
    help = "Checks the chain of the audit log and names each place where it does not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", default="", help="a digest that this command printed before")

        parser.add_argument("--export", type=Path, help="check a signed file of the log instead of the log")

    def handle(self, *args: Any, head: str, export: Path | None, **options: Any) -> None:
        """Print each fault with its place; fail when there is one."""
        if export is not None:
            self.check_file(export)
            return
        found = list(sealing.faults())
        if head and not Seal.objects.filter(digest=head).exists():
            found.append(sealing.Fault(0, 0, "the digest is not in the chain: seals were cut off or made anew"))
        for fault in found[:MOST]:
            self.stdout.write(f"seal {fault.number}, event {fault.event}: {fault.sentence}")
        if found:
            raise CommandError(f"The audit log was changed in {len(found)} place(s).")
        sealing.seal_events()
        self.stdout.write(told())

    def check_file(self, path: Path) -> None:
        """Whether a file is as this site wrote it."""
        try:
            fault = fault_of(path)
        except OSError as error:
            raise CommandError(str(error)) from error
        if fault:
            raise CommandError(f"{path.name}: {fault}.")
        self.stdout.write(f"{path.name} is as this site signed it.")


def told() -> str:
    """What to write down elsewhere."""
    last = sealing.head()
    if last is None:
        return "Nothing is sealed yet."
    whole = f"The audit log is whole: {last.number} seals, the last is {last.digest}"
    return f"{whole}\nSigned files are checked with the key {public_key()}"
