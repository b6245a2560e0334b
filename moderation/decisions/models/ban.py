"""A ban: somebody may not come back under another name. What is kept is enough to recognise them, and no more."""

import hashlib
import hmac
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from community.people.models import Person


class BanQuerySet(models.QuerySet["Ban"]):
    """Which bans."""

    def in_force(self) -> Self:
        return self.filter(lifted_at__isnull=True)

    def resembling(self, marks: list[str]) -> Self:
        """Bans of people who had one of these marks: an address, a network and browser."""
        return self.in_force().filter(marks__overlap=marks) if marks else self.none()


class Ban(models.Model):
    """One person is kept out for good. `marks` are keyed hashes of their addresses and devices."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="bans")
    marks = ArrayField(models.CharField(max_length=32), default=list)
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = BanQuerySet.as_manager()


def mark(kind: str, value: str) -> str:
    """A keyed hash: the same for the same address or device, and nobody reads either from it."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()[:32]
