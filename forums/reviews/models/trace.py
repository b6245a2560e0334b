"""From where a review came, as keyed hashes: reviews can be seen together, and nobody's address can be read."""

import hashlib
import hmac
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Self

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from community.people.demo import is_demo_session
from community.people.models import Person
from community.people.networks import network_of


@dataclass(frozen=True)
class Came:
    """The device and the network of a visitor. Empty: not known, or it says nothing about who somebody is."""

    device: str = ""
    network: str = ""

    @classmethod
    def by(cls, request: HttpRequest) -> "Came":
        """Of this request. The machine that the site runs on, and borrowed shoes of the demo, say nothing."""
        address = ip_address(get_adapter(request).get_client_ip(request))
        agent = request.headers.get("User-Agent", "")[:300]
        if address.is_loopback or is_demo_session(request):
            return cls()
        text = f"{address}\n{agent}\n{request.headers.get('Accept-Language', '')[:100]}"
        mark = hmac.new(settings.SECRET_KEY.encode(), f"review:{text}".encode(), hashlib.sha256).hexdigest()[:32]
        return cls(mark if agent else "", network_of(request))


class InBoth(models.Func):
    """How many numbers two arrays have in common."""

    template = "(SELECT count(*) FROM (SELECT unnest(%(expressions)s)) AS both_have)"
    arg_joiner = ") INTERSECT SELECT unnest("
    output_field = models.IntegerField()


class TraceQuerySet(models.QuerySet["Trace"]):
    """Which traces, and what a change leaves."""

    def like(self, sketch: list[int], least: int) -> Self:
        """Of texts that share so many of these hashes: a turn of phrase that everybody has is not enough."""
        mine = models.Value(sketch, output_field=ArrayField(models.IntegerField()))
        return self.filter(sketch__overlap=sketch).annotate(shared=InBoth("sketch", mine)).filter(shared__gte=least)

    def keep_change(self, review: Any, came: Came, sketch: list[int]) -> None:
        """The review was changed just now, from here, and its words are like this now."""
        facts = {"changed_device": came.device, "changed_network": came.network, "sketch": sketch}
        self.update_or_create(review=review, defaults=facts | {"changed_at": timezone.now()})


class Trace(models.Model):
    """Where one review came from, where its last change came from, and what its words are like now.

    The places are forgotten after some weeks.
    """

    review = models.OneToOneField("reviews.Review", on_delete=models.CASCADE, primary_key=True, related_name="trace")
    device = models.CharField(max_length=32, blank=True)
    network = models.CharField(max_length=32, blank=True)
    sketch = ArrayField(models.IntegerField(), default=list, help_text="the smallest hashes of its runs of words")
    created_at = models.DateTimeField(default=timezone.now)
    changed_device = models.CharField(max_length=32, blank=True, db_default="")
    changed_network = models.CharField(max_length=32, blank=True, db_default="")
    changed_at = models.DateTimeField(null=True, blank=True, help_text="when stars or words were last changed")

    objects = TraceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["device"], condition=~models.Q(device=""), name="trace_by_device"),
            models.Index(fields=["network"], condition=~models.Q(network=""), name="trace_by_network"),
            models.Index(fields=["created_at"], name="trace_by_time"),
            models.Index(
                fields=["changed_at"], condition=models.Q(changed_at__isnull=False), name="trace_by_last_change"
            ),
            GinIndex(fields=["sketch"], name="trace_by_words"),
        ]


class StaffDevice(models.Model):
    """A device from which somebody of the team has signed in. Forgotten after a month without."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    device = models.CharField(max_length=32)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["device"], name="staff_device")]
        constraints = [models.UniqueConstraint(fields=["person", "device"], name="a_staff_device_is_kept_once")]
