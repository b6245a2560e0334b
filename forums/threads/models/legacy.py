"""Addresses from elsewhere: where a thread or post stood on the site it was brought in from. They lead here."""

from typing import Self
from urllib.parse import urlsplit

from django.db import models

LONGEST = 300


def path_of(url: str) -> str:
    """The part of an old address that reaches us once its site's name is ours: path and query, without a last slash."""
    parts = urlsplit(url.replace("\0", "").strip())
    path = "/" + parts.path.strip("/")
    return (f"{path}?{parts.query}" if parts.query else path)[:LONGEST]


class LegacyAddressQuerySet(models.QuerySet["LegacyAddress"]):
    """Which old addresses."""

    def leading_from(self, full_path: str) -> Self:
        """Rows for an address with its query, and for the same one without; the exact one comes first."""
        exact = path_of(full_path)
        found = self.filter(path__in={exact, path_of(full_path.partition("?")[0])})
        return found.annotate(is_exact=models.Q(path=exact)).order_by("-is_exact")


class LegacyAddress(models.Model):
    """One old address, and the thread (or the very post) that it means."""

    path = models.CharField(max_length=LONGEST, unique=True, help_text="without a last slash")
    thread = models.ForeignKey("threads.Thread", on_delete=models.CASCADE, related_name="legacy_addresses")
    post = models.ForeignKey("threads.Post", on_delete=models.CASCADE, null=True, related_name="legacy_addresses")

    objects = LegacyAddressQuerySet.as_manager()

    def __str__(self) -> str:
        return self.path
