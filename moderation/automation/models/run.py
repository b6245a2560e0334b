"""A run: what an automation met, what it did or would have done, and whether somebody took it back."""

from typing import Any, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from community.events.models import Event
from community.people.models import Person
from moderation.automation.models.automation import Automation


class RunQuerySet(models.QuerySet["Run"]):
    """Which runs."""

    def standing(self) -> Self:
        """Done, and not taken back."""
        return self.filter(is_shadow=False, undone_at__isnull=True)


class Run(models.Model):
    """One automation met one matter once: `key` names it, so a second delivery of an event does nothing."""

    automation = models.ForeignKey(Automation, on_delete=models.CASCADE, related_name="runs")
    version = models.PositiveIntegerField()
    key = models.CharField(max_length=60, help_text="event:12, or waited:thread:7")
    event = models.ForeignKey(Event, on_delete=models.SET_NULL, null=True, related_name="+")
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    title = models.CharField(max_length=200)
    is_shadow = models.BooleanField(default=False)
    done = models.JSONField(default=list, help_text="act by act: its name, what it says, and what taking back needs")
    failed = models.JSONField(default=list, help_text="sentences of what refused")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_why = models.CharField(max_length=300, blank=True)
    left = models.JSONField(default=list, help_text="sentences of what could not be taken back")
    created_at = models.DateTimeField(default=timezone.now)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["automation", "key"], name="an_automation_meets_a_matter_once")]
        indexes = [models.Index(fields=["automation", "-created_at"], name="run_by_automation")]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """Where what it met is read; a post on its own address."""
        find: Any = getattr(self.subject, "get_absolute_url", None)
        return str(find()) if find else ""

    @property
    def is_undoable(self) -> bool:
        """Something was done, and nobody has taken it back."""
        return not self.is_shadow and self.undone_at is None and bool(self.done)
