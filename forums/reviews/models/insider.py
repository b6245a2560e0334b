"""Insiders: people who work for the company or are close to it. Nothing they write about it is ever counted."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal, refuse_too_long


class Tie(models.TextChoices):
    """How we know. Readers are told no more than this of the person."""

    ROLE = "role", gettext_lazy("Works for the company")
    ADDRESS = "address", gettext_lazy("Writes from an address of the company")
    PARTNER = "partner", gettext_lazy("Works for a partner of the company")
    DIRECTORY = "directory", gettext_lazy("Is in the company’s directory")
    DECLARED = "declared", gettext_lazy("Says that they work for the company or are close to somebody who does")
    DEVICE = "device", gettext_lazy("Writes from a device that the team uses")
    BY_HAND = "by_hand", gettext_lazy("Is close to the company, as the team found")


class InsiderQuerySet(models.QuerySet["Insider"]):
    """Which insiders."""

    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)

    @transaction.atomic
    def find(self, person: Person, tie: str, *, by: Person | None, note: str = "") -> "Insider":
        """This person is an insider. What they wrote leaves the averages in the same moment, and says why."""
        refuse_too_long(note)
        if by is not None and not by.can(Capability.MODERATE):
            raise Refusal(_("Only moderators can do this."), code="not_allowed", status=403)
        if by is not None and tie == Tie.BY_HAND and not note.strip():
            raise Refusal(_("Say how you know, for the record."), code="reason_missing", status=422)
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # two finders of one moment make one row
        row = self.standing().filter(person=person).first()
        if row is None:
            row = self.create(person=person, tie=tie, by=by, note=note.strip())
            record(Verb.INSIDER_FOUND, actor=by, subject=person, tie=str(tie), reason=note.strip()[:200])
        row.set_reviews_aside()
        return row


class Insider(models.Model):
    """Somebody is close to the company, since when and how we know. Ending the tie closes the row."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="insider_rows")
    tie = models.CharField(max_length=10, choices=Tie.choices)
    note = models.CharField(max_length=500, blank=True, help_text="for the team: how we know")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+", help_text="none: a rule did")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=500, blank=True)

    objects = InsiderQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at__isnull=True), name="a_person_has_one_standing_tie"
            )
        ]

    def __str__(self) -> str:
        return f"insider {self.pk}"

    def set_reviews_aside(self) -> None:
        """All that they wrote is read and not counted."""
        for review in self.person.reviews.select_related("thread").filter(aside__isnull=True):
            review.set_aside("insider", told_of(self.tie), by=self.by)

    @transaction.atomic
    def end(self, *, by: Person, reason: str) -> None:
        """It was a mistake: they are no insider, and what they wrote is counted again."""
        if not by.can(Capability.MODERATE):
            raise Refusal(_("Only moderators can do this."), code="not_allowed", status=403)
        if not reason.strip():
            raise Refusal(_("Say why, for the record."), code="reason_missing", status=422)
        refuse_too_long(reason)
        self.refresh_from_db(from_queryset=Insider.objects.select_for_update(of=("self",)))
        if self.ended_at:
            raise Refusal(_("Somebody has ended this already."), code="ended")
        self.ended_at, self.ended_by, self.end_reason = timezone.now(), by, reason.strip()
        self.save(update_fields=["ended_at", "ended_by", "end_reason"])
        reviews: Any = self.person.reviews.select_related("thread").filter(aside__cause="insider")
        for review in reviews:
            review.count_again(by=by, reason=reason.strip())
        record(Verb.INSIDER_CLEARED, actor=by, subject=self.person, tie=self.tie, reason=reason.strip()[:200])


def told_of(tie: str) -> str:
    """What readers are told of it beside a review."""
    return str(Tie(tie).label)
