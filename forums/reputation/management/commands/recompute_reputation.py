"""manage.py recompute_reputation: the ledger and all standings anew from votes, solutions and verifications."""

from typing import Any

from django.core.management.base import BaseCommand

from forums.reputation.models import Standing
from forums.reputation.settling import settle_everything


class Command(BaseCommand):
    """Safe to repeat, beside a running site."""

    help = "Read the ledger of reputation from the facts again, and say how many standings were wrong."

    def handle(self, **options: Any) -> None:
        wrong = settle_everything()
        self.stdout.write(f"{Standing.objects.count()} standings, {wrong} corrected.")
