"""What people were told: the lines of the tray, each with what a mail about it would say."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from community.events.models import Event
from community.notifications.kinds import KINDS
from community.notifications.models.mail import EmailDelivery


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Which notifications."""

    def visible_to(self, person: Any) -> Self:
        """Only a person's own, and of those the ones that they want in the tray."""
        return self.filter(person=person, in_tray=True, gone_at__isnull=True)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def lines(self) -> Self:
        """One of each bundle: what is new in one thread is one line, with the number of the others."""
        return self.filter(folded_into__isnull=True).annotate(others=models.Count("folded"))

    def waiting_for_mail(self) -> Self:
        """Told in the tray, not read there, and not mailed yet."""
        return self.unread().filter(mailed_at__isnull=True, gone_at__isnull=True).exclude(by_mail="")

    def mark_read(self) -> int:
        """Read, all of them, now. Answers how many were not before."""
        return self.unread().update(read_at=timezone.now())


class Notification(models.Model):
    """One thing that somebody was told: what happened, and where to look. At most one for each event and person."""

    class ByMail(models.TextChoices):
        ALONE = "alone", "in a mail of its own thread"
        DIGEST = "digest", "in the digest"
        OVERFLOW = "overflow", "in the next digest, for the day was full"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, null=True, related_name="notifications")
    kind = models.CharField(max_length=20)
    text = models.CharField(max_length=500, help_text="a sentence in the language of the person, without private words")
    url = models.CharField(max_length=500)
    chain = models.CharField(
        max_length=80, blank=True, db_default="", default="", help_text="what it belongs to, such as thread-42"
    )
    title = models.CharField(
        max_length=300, blank=True, db_default="", default="", help_text="what the chain is called"
    )
    reason = models.CharField(max_length=200, blank=True, db_default="", default="", help_text="why the person is told")
    cause = models.CharField(
        max_length=40, blank=True, db_default="", default="", help_text="the place by which it came, such as product:7"
    )
    letter = models.JSONField(null=True, help_text="what the mail says beyond the sentence; forgotten once mailed")
    in_tray = models.BooleanField(default=True, db_default=True)
    by_mail = models.CharField(max_length=8, choices=ByMail.choices, blank=True, default="", db_default="")
    folded_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="folded")
    mail = models.ForeignKey(EmailDelivery, on_delete=models.SET_NULL, null=True, related_name="notifications")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True, help_text="what it is about went out of sight")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="told_once_of_each_event")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notification_by_person"),
            models.Index(fields=["person"], condition=models.Q(read_at__isnull=True), name="notification_unread"),
            models.Index(fields=["chain", "person"], name="notification_by_chain"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def icon(self) -> str:
        return KINDS[self.kind].icon

    @property
    def is_read(self) -> bool:
        return self.read_at is not None
