"""What the site has decided about reviews: each change is a row with a who, a when and a why, and the newest holds."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal, refuse_too_long

FIELDS = ("insiders", "partner_domains", "held_for_hours", "silent_signals")


class ReviewPolicyQuerySet(models.QuerySet["ReviewPolicy"]):
    """Which policy."""

    def in_force(self) -> "ReviewPolicy":
        """The newest; before anybody has decided, what the site came with."""
        return self.order_by("-pk").first() or self.model(insiders=settings.INSIDER_REVIEWS)

    @transaction.atomic
    def change(self, *, by: Person, reason: str, **fields: Any) -> "ReviewPolicy":
        """Decide something else from now on. What was decided before stays readable."""
        if not by.can(Capability.MODERATE):
            raise Refusal(_("Only community managers decide this."), code="not_allowed", status=403)
        if not reason.strip():
            raise Refusal(_("Say why: the change is public, and so is its reason."), code="reason_missing", status=422)
        refuse_too_long(reason)
        kept = {name: getattr(self.in_force(), name) for name in FIELDS}
        changed = sorted(name for name, value in fields.items() if kept[name] != value)
        if not changed:
            raise Refusal(_("Nothing is different from what holds already."), code="unchanged")
        row = self.create(by=by, reason=reason.strip(), **kept | fields)
        record(Verb.REVIEW_POLICY_CHANGED, actor=by, subject=row, fields=changed, reason=reason.strip()[:200])
        return row


class ReviewPolicy(models.Model):
    """One state of the policy. Nobody changes or deletes a row."""

    class Insiders(models.TextChoices):
        BLOCK = "block", gettext_lazy("Refuse their reviews")
        LABEL = "label", gettext_lazy("Publish their reviews with a label, and never count them")

    insiders = models.CharField(max_length=10, choices=Insiders.choices, default=Insiders.BLOCK)
    partner_domains = models.TextField(blank=True, help_text="mail domains of partners, one a line")
    held_for_hours = models.PositiveSmallIntegerField(default=48, help_text="how long an extra check may take")
    silent_signals = ArrayField(
        models.CharField(max_length=30), default=list, blank=True, help_text="signals that hold nothing, by their names"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReviewPolicyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"review policy {self.pk}"

    @property
    def partners(self) -> set[str]:
        """The partners’ mail domains."""
        return {line.strip().lower().removeprefix("@") for line in self.partner_domains.splitlines()} - {""}

    @property
    def blocks_insiders(self) -> bool:
        return self.insiders == self.Insiders.BLOCK
