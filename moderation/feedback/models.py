"""Who was asked for a review after a delivery, who was not and why, and whom the team keeps from being asked."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.catalogue.models import Product, Purchase, order_key
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal, refuse_too_long


class AskingQuerySet(models.QuerySet["Asking"]):
    """Which decisions."""

    def asked(self) -> Self:
        return self.filter(outcome=Asking.Outcome.ASKED)

    def to_remind(self, before: Any) -> Self:
        """Asked before that moment, not reminded, and no review yet."""
        return self.asked().filter(decided_at__lte=before, reminded_at=None, reviewed_at=None, stopped_at=None)


class Asking(models.Model):
    """What was decided about one thing that was delivered: its buyer was asked for a review, or was not, and why.

    One row for each unit, for good: nobody is asked twice, whatever is started anew.
    """

    class Outcome(models.TextChoices):
        ASKED = "asked", gettext_lazy("Asked")
        UNVERIFIED = "unverified", gettext_lazy("Nobody here has confirmed the buyer’s address")
        LEGAL = "legal", gettext_lazy("Kept from being asked by the team, for a legal reason")
        OPTED_OUT = "opted_out", gettext_lazy("Does not want to be asked")
        TEAM = "team", gettext_lazy("Works for the company")
        REVIEWED = "reviewed", gettext_lazy("Has reviewed it already")
        BEFORE = "before", gettext_lazy("Was asked about this product before")

    purchase = models.OneToOneField(Purchase, on_delete=models.CASCADE, related_name="asking")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    decided_at = models.DateTimeField(default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="they opted out before the reminder")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = AskingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-decided_at", "-id"], name="asking_by_age")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "product"],
                condition=models.Q(outcome="asked"),
                name="asked_once_for_each_product",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="asked") | models.Q(person__isnull=False), name="somebody_is_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"asking {self.pk}"

    @property
    def chain(self) -> str:
        """Under which request and reminder show as one thread in a mailbox."""
        return f"request-{self.pk}"


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    """Which exemptions, and how one begins."""

    def standing(self) -> Self:
        return self.filter(ended_at=None)

    @transaction.atomic
    def exempt(self, order_number: str, *, by: Person, reason: str) -> "Exemption":
        """The buyer of this order is not asked, for a legal reason that everybody on the team can read."""
        number = order_key(order_number)
        if not number or not reason.strip():
            raise Refusal(_("Name the order and the reason."), code="reason_missing", status=422)
        refuse_too_long(reason)
        row, is_new = self.standing().get_or_create(
            order_number=number[:40], defaults={"by": by, "reason": reason.strip()}
        )
        if not is_new:
            raise Refusal(_("This order is exempt already."), code="exempt")
        record(Verb.BUYER_EXEMPTED, actor=by, subject=row, reason=reason[:200])
        return row


class Exemption(models.Model):
    """The buyer of an order must not be asked. Ending it closes the row."""

    order_number = models.CharField(max_length=40, help_text="as `order_key` writes it")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order_number"],
                condition=models.Q(ended_at__isnull=True),
                name="one_standing_exemption_per_order",
            )
        ]

    def __str__(self) -> str:
        return f"exemption {self.pk}"

    @property
    def masked(self) -> str:
        """The order as those may see it who see no contact data."""
        return "…" + self.order_number[-3:]

    @transaction.atomic
    def end(self, *, by: Person) -> None:
        """They may be asked again."""
        if type(self).objects.standing().filter(pk=self.pk).update(ended_at=timezone.now()):
            record(Verb.BUYER_EXEMPTION_ENDED, actor=by, subject=self)
