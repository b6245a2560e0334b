"""What each person wants to hear of, how often, and when not."""

from datetime import time

from django.conf import settings
from django.db import models


class Preference(models.Model):
    """A person wants to hear of a kind elsewhere than usual: by mail, in the digest, in the tray, on their devices."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=20)
    mail = models.BooleanField()
    tray = models.BooleanField()
    digest = models.BooleanField(
        default=False, db_default=False, help_text="told in the digest instead of a mail of its own"
    )
    push = models.BooleanField(
        default=True, db_default=True, help_text="shown on the devices that the person has turned on"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_preference_per_person_and_kind")]


class Unsubscription(models.Model):
    """Mail of a kind was turned off by the link in a mail. Its undo link works once, and knows how it was."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    mail = models.BooleanField(default=True, db_default=True)
    digest = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)


class Rhythm(models.Model):
    """How often, and when, a person wants mails. Who has not chosen has the usual rhythm, and no row."""

    class Digest(models.TextChoices):
        DAILY = "daily"
        WEEKLY = "weekly"

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="rhythm"
    )
    daily_cap = models.PositiveSmallIntegerField(help_text="mails a day at most; the digest is one of them")
    push_cap = models.PositiveSmallIntegerField(null=True, help_text="on each device a day; empty for the usual")
    digest = models.CharField(max_length=6, choices=Digest.choices, default=Digest.DAILY)
    digest_at = models.TimeField(default=time(18), help_text="in the person's time zone; a weekly one comes on Mondays")
    quiet_from = models.TimeField(null=True, help_text="in the person's time zone; empty for no quiet hours")
    quiet_until = models.TimeField(null=True)


class Turn(models.Model):
    """When somebody's waiting mails are looked at next. Nothing waits for those who have no row."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    due_at = models.DateTimeField(db_index=True)
