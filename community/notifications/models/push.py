"""Browsers on which people see notifications although no page is open, and what is on its way to them."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from community.notifications.models.notification import Notification


class Device(models.Model):
    """A browser that somebody turned on: where its push service takes messages, and the keys that only it can open."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices")
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    label = models.CharField(max_length=80, help_text="what the browser calls itself, for the list in the settings")
    session_key = models.CharField(
        max_length=40, db_index=True, help_text="the session that turned it on; signing out of it turns it off"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.label


class MessageQuerySet(models.QuerySet["Push"]):
    """Which messages."""

    def waiting(self) -> Self:
        return self.filter(state=Push.State.WAITING)

    def due(self, moment: datetime) -> Self:
        return self.waiting().filter(due_at__lte=moment)

    def sent_since(self, moment: datetime) -> Self:
        return self.filter(state=Push.State.SENT, settled_at__gte=moment)


class Push(models.Model):
    """One notification on its way to one device."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        NEEDLESS = "needless"  # read before, taken back, told by a newer one of its thread, or the day was full
        FAILED = "failed"

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="pushes")
    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="pushes")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "pushes"
        constraints = [
            models.UniqueConstraint(fields=["device", "notification"], name="a_device_hears_once_of_a_notification")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="push_waiting"),
            models.Index(fields=["device", "settled_at"], condition=models.Q(state="sent"), name="push_sent"),
        ]

    def settle(self, state: str, error: str = "") -> None:
        """What became of it."""
        self.state, self.error, self.settled_at = state, error[:200], timezone.now()
        self.save()

    def wait_until(self, moment: datetime, error: str = "") -> None:
        """Not now: look at it again at this moment."""
        self.due_at, self.error = moment, error[:200]
        self.save()
