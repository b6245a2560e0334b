"""Has somebody changed the audit log? `manage.py verify_audit`, with `--head` a digest that was written down before."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from moderation.actions import sealing
from moderation.actions.keys import public_key
from moderation.actions.models import ClosingSeal, Seal
from moderation.actions.signing import fault_of

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
        is_known = any(table.objects.filter(digest=head).exists() for table in (Seal, ClosingSeal))
        if head and not is_known:
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
    if closing := ClosingSeal.objects.first():
        cut = f"{closing.events} events up to seal {closing.number} were cut, the last of them are in {closing.file}"
        whole = f"{whole}\n{cut} (sha256 {closing.file_digest})"
    return f"{whole}\nSigned files are checked with the key {public_key()}"
