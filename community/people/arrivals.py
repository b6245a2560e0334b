"""From where an account came: hashed, so that accounts can be seen together and nobody's address can be read."""

import hashlib
import hmac
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from community.people.disposable import is_disposable
from community.people.models import Person
from community.people.networks import network_of


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    """Which arrivals."""

    def since(self, ago: timedelta) -> Self:
        return self.filter(created_at__gt=timezone.now() - ago)

    def note(self, person: Person, request: HttpRequest) -> None:
        """Somebody joined by a page."""
        domain = person.email.rpartition("@")[2].lower()[:100]
        self.update_or_create(
            person=person,
            defaults={
                "network": network_of(request),
                "device": device_of(request),
                "domain": domain,
                "is_disposable": is_disposable(domain),
            },
        )

    def forget(self) -> int:
        """What has served its purpose. Answers how many rows."""
        old = timezone.now() - timedelta(days=settings.ARRIVALS_KEPT_DAYS)
        return self.filter(created_at__lt=old).delete()[0]


class Arrival(models.Model):
    """Network and device of one sign-up as keyed hashes, and the domain of the mailbox. Kept for some weeks."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="arrival")
    network = models.CharField(max_length=32)
    device = models.CharField(max_length=32, blank=True)
    domain = models.CharField(max_length=100, blank=True)
    is_disposable = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        app_label = "people"
        indexes = [
            models.Index(fields=["network", "-created_at"], name="arrival_by_network"),
            models.Index(fields=["device", "-created_at"], name="arrival_by_device"),
            models.Index(fields=["-created_at"], name="arrival_by_time"),
        ]


def device_of(request: HttpRequest) -> str:
    """A keyed hash of what the browser says of itself."""
    said: Any = (request.headers.get("User-Agent", "")[:300], request.headers.get("Accept-Language", "")[:100])
    text = "\n".join(said)
    return hmac.new(settings.SECRET_KEY.encode(), f"device:{text}".encode(), hashlib.sha256).hexdigest()[:32]
