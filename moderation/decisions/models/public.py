"""The public moderation log: a decision as everybody may read it."""

from typing import Self

from django.db import models
from django.utils import timezone

from moderation.decisions.models.decision import Decision


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    """Which entries."""

    def of_rule(self, rule: str) -> Self:
        return self.filter(rule=rule) if rule else self


class LogEntry(models.Model):
    """What was done, where and by which rule; without names or words. Written with the decision, or not at all."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="log_entry")
    what = models.CharField(max_length=200, help_text="such as: hid an answer")
    where = models.CharField(max_length=200, blank=True, help_text="title of a thread that everybody can still read")
    url = models.CharField(max_length=500, blank=True)
    rule = models.CharField(max_length=80, blank=True)
    is_by_machine = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "log entries"
        indexes = [models.Index(fields=["-created_at", "-id"], name="log_entry_by_time")]
