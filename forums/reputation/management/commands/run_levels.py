"""manage.py run_levels: bring everybody's trust level in line with what the levels ask for now."""

from typing import Any

from django.core.management.base import BaseCommand

from forums.reputation.levelling import run_levels


class Command(BaseCommand):
    """The worker does the same every hour; by hand it is for after a change."""

    help = "Raise, warn and lower trust levels by the plan in force."

    def handle(self, **options: Any) -> None:
        run = run_levels()
        for word in ("raised", "warned", "kept", "lowered"):
            names = getattr(run, word)
            self.stdout.write(f"{len(names)} {word}{': ' if names else ''}{', '.join(names[:20])}")
