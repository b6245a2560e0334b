"""Until when an item is promised to be answered and settled. Due times are kept: reports agree with the desk."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from community.people.hours import WorkingHours
from moderation.queue.models.calendar import Calendar, Promise

WARNED_AT = 0.8
"""The share of the promised time after which the desk warns."""
NOBODY_HAS_IT = timedelta(minutes=30)
"""So much working time may pass until somebody has an item; then the supervisors are told."""


class DueItem(models.Model):
    """What an item knows of its promise.

    The first answer has a due time of its own. The settling pauses while the customer has the word, and goes on with
    what was left, to the second. A matter that comes back after it was closed is promised anew.
    """

    promised_at = models.DateTimeField(null=True, blank=True, help_text="since when the first promise runs")
    respond_by = models.DateTimeField(null=True, blank=True)
    responded_at = models.DateTimeField(null=True, blank=True, help_text="the team's first answer")
    resolve_by = models.DateTimeField(null=True, blank=True, help_text="empty while the customer has the word")
    resolve_left = models.DurationField(null=True, blank=True, help_text="working time that was left at the pause")
    warn_at = models.DateTimeField(null=True, blank=True, help_text="when four fifths of the promised time are over")

    alarm_at = models.DateTimeField(null=True, blank=True, help_text="until then somebody of the team should have it")
    alarmed_at = models.DateTimeField(null=True, blank=True, help_text="when the supervisors heard that nobody has")
    warned_at = models.DateTimeField(null=True, blank=True, help_text="when the desk was told of it")

    class Meta:
        abstract = True

    @property
    def due_at(self) -> datetime | None:
        """What is due next: the first answer, then the settling; nothing while the customer has the word."""
        return due_of(self.respond_by, self.responded_at, self.resolve_by)

    @property
    def lateness(self) -> str:
        """`late` past the due time, `soon` in the last fifth of the promised time, otherwise nothing."""
        return lateness_of(self.due_at, self.warn_at, timezone.now())

    def hours(self) -> WorkingHours:
        """The hours that count for it."""
        return Calendar.objects.hours_for(self.brand)  # type: ignore[attr-defined]

    def start_clock(self, since: datetime) -> None:
        """Something new waits: both promises run from then on. The caller saves."""
        self.promised_at = since
        promised, hours = Promise.objects.for_kind(self.kind), self.hours()  # type: ignore[attr-defined]
        self.responded_at, self.resolve_left, self.warned_at = None, None, None
        self.alarm_at, self.alarmed_at = hours.after(since, NOBODY_HAS_IT), None
        self.respond_by, self.resolve_by = hours.after(since, promised.respond), hours.after(since, promised.resolve)
        self.warn_at = hours.after(since, promised.respond * WARNED_AT)

    def pause_clock(self, now: datetime) -> None:
        """The team has answered, and the customer has the word. The caller saves."""
        self.responded_at = self.responded_at or now
        if self.resolve_by is not None:
            self.resolve_left, self.resolve_by, self.warn_at = self.hours().between(now, self.resolve_by), None, None

    def resume_clock(self, now: datetime) -> None:
        """The customer spoke: the settling goes on with what was left. The caller saves."""
        if self.resolve_left is None:
            return
        hours, left = self.hours(), max(self.resolve_left, timedelta())
        self.alarm_at, self.alarmed_at = hours.after(now, NOBODY_HAS_IT), None
        fifth = Promise.objects.for_kind(self.kind).resolve * (1 - WARNED_AT)  # type: ignore[attr-defined]
        self.resolve_by, self.resolve_left, self.warned_at = hours.after(now, left), None, None
        self.warn_at = hours.after(now, max(left - fifth, timedelta()))


def due_of(respond_by: datetime | None, responded_at: datetime | None, resolve_by: datetime | None) -> datetime | None:
    """What is due next, of an item's columns."""
    return respond_by if responded_at is None else resolve_by


def lateness_of(due_at: datetime | None, warn_at: datetime | None, now: datetime) -> str:
    """How late that is at this moment."""
    if due_at is None:
        return ""
    return "late" if now > due_at else "soon" if warn_at and now >= warn_at else ""
