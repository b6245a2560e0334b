"""`manage.py push_keys`: a key by which push services know this site."""

from typing import Any

from django.core.management.base import BaseCommand

from community.notifications.push_keys import new_keys


class Command(BaseCommand):
    help = "Print a fresh PUSH_PRIVATE_KEY. Keep it for good: with another one every browser has to be turned on anew."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"PUSH_PRIVATE_KEY={new_keys().written}")
