"""Mails on their way: each a row that is written with what caused it, sent by a job, and kept as proof."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class EmailDeliveryQuerySet(models.QuerySet["EmailDelivery"]):
    """Which mails."""

    def waiting(self) -> Self:
        return self.filter(state=EmailDelivery.State.WAITING)

    def about_deeds_of(self, person: Any) -> Self:
        """Waiting mails that tell others what this person did."""
        return self.waiting().filter(pk__in=self.filter(notifications__event__actor=person).values("pk"))

    def drop(self) -> list[int]:
        """Do not send them. Answers which were dropped now."""
        pks = list(self.waiting().select_for_update().values_list("pk", flat=True))
        EmailDelivery.objects.filter(pk__in=pks).update(state=EmailDelivery.State.DROPPED)
        return pks

    def take_up_again(self) -> None:
        """Dropped mails wait again; the sweep sends them. What is older than a day is no news and stays dropped."""
        since = timezone.now() - timedelta(days=1)
        dropped = self.filter(state=EmailDelivery.State.DROPPED, created_at__gt=since)
        dropped.update(state=EmailDelivery.State.WAITING)

    def bounced_to(self, recipient: str) -> bool:
        """Whether the address refused mail for good twice, and has taken none since."""
        tried = [EmailDelivery.State.SENT, EmailDelivery.State.FAILED]
        last = self.filter(recipient__iexact=recipient, state__in=tried).order_by("-pk")[:2]
        return [mail.state for mail in last] == [EmailDelivery.State.FAILED] * 2


class EmailDelivery(models.Model):
    """One mail to one address, ready to go: written with what caused it, sent by a job, kept as proof."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"  # what it tells of is gone from sight, so it is not sent

    key = models.CharField(max_length=160, unique=True, help_text="what the mail is for; the same key is mailed once")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    recipient = models.EmailField(max_length=254)
    kind = models.CharField(max_length=20, blank=True, help_text="the kind that can be turned off; empty for the rest")
    chain = models.CharField(max_length=80, blank=True, help_text="mails of one chain are one thread in the mailbox")
    message_id = models.CharField(max_length=200, unique=True)
    sender = models.CharField(max_length=320)
    envelope_from = models.CharField(max_length=320, blank=True, help_text="where bounces go, when not to the sender")
    reply_to = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    headers = models.JSONField(default=dict)
    calendar = models.TextField(blank=True, db_default="", help_text="an event for the reader's calendar")
    is_secret = models.BooleanField(default=False, help_text="the words are forgotten once the mail is sent")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = EmailDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "email deliveries"
        indexes = [
            models.Index(fields=["chain", "recipient", "id"], name="mail_by_chain"),
            models.Index(fields=["recipient", "-id"], name="mail_by_recipient"),
            models.Index(fields=["created_at"], condition=models.Q(state="waiting"), name="mail_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.state}"

    def mark_sent(self) -> None:
        """The mail server has taken it."""
        self.state, self.sent_at, self.tried_at, self.error = self.State.SENT, timezone.now(), timezone.now(), ""
        if self.is_secret:
            self.text = self.html = ""
        self.save()

    def mark_tried(self, error: str, *, is_final: bool) -> None:
        """It could not be handed over: try again later, or give up."""
        self.tried_at, self.error = timezone.now(), error[:500]
        if is_final:
            self.state = self.State.FAILED
            self.text, self.html = ("", "") if self.is_secret else (self.text, self.html)
        self.save()
