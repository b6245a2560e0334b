"""Making it right: small credits that an agent gives a customer at once, and larger ones that a supervisor approves."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.queue.models import Item

USUAL_LIMIT = Decimal(50)
MOST = Decimal(10_000)
CURRENCY = "EUR"


class Allowance(models.Model):
    """How much a customer may be credited in a calendar month without a supervisor. The newest row is in force."""

    monthly = models.DecimalField(max_digits=8, decimal_places=2)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)

    @classmethod
    def now(cls) -> Decimal:
        """The limit in force."""
        return cls.objects.order_by("-pk").values_list("monthly", flat=True).first() or USUAL_LIMIT

    @classmethod
    @transaction.atomic
    def change(cls, monthly: Decimal, *, by: Person, reason: str) -> "Allowance":
        """Set another limit; what was given before stays."""
        before = cls.now()
        row = cls.objects.create(monthly=monthly, by=by, reason=reason)
        details = {"before": str(before), "after": str(monthly), "reason": reason}
        record(Verb.GOODWILL_LIMIT_CHANGED, actor=by, subject=row, **details)
        return row


class CreditQuerySet(models.QuerySet["Credit"]):
    """Which credits."""

    def visible_to(self, person: Any) -> Self:
        """Whoever may see the item may see what was credited for it."""
        return self.filter(item__in=Item.objects.visible_to(person))

    def waiting(self) -> Self:
        return self.filter(state=Credit.State.WAITING)

    def given(self) -> Self:
        return self.filter(state=Credit.State.GIVEN)

    def in_month_of(self, moment: Any) -> Self:
        """Of the calendar month of a moment, by the day on which they were given or asked for."""
        first = timezone.localtime(moment).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return self.filter(counts_from__gte=first, counts_from__lt=following)

    def total(self) -> Decimal:
        return self.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)

    def by_reason(self) -> list[dict[str, Any]]:
        """The report: how many credits and how much, for each reason, the largest sum first."""
        rows = self.values("reason").annotate(
            credits=Count("pk"), sum=Sum("amount"), customers=Count("customer", distinct=True)
        )
        labels = dict(Credit.Reason.choices)
        return [{**row, "label": labels[row["reason"]]} for row in rows.order_by("-sum", "reason")]

    def had_this_month(self, customers: list[int]) -> dict[int, Decimal]:
        """What each of them was given in this month."""
        rows = self.given().filter(customer__in=customers).in_month_of(timezone.now())
        return dict(rows.order_by().values_list("customer").annotate(sum=Sum("amount")))

    def left_for(self, customer: Person) -> Decimal:
        """What may be credited to a customer this month without asking."""
        given = self.given().filter(customer=customer).in_month_of(timezone.now()).total()
        return max(Decimal(0), Allowance.now() - given)

    @transaction.atomic
    def give(self, item: Item, amount: Decimal, *, reason: str, words: str, by: Person) -> "Credit":
        """Credit an item's customer: at once within the month's limit, otherwise a supervisor is asked.

        Two agents at the same moment are looked at one after the other, so together they cannot pass the limit.
        """
        may(by, Capability.GIVE_CREDIT, item)
        if not Decimal(0) < amount <= MOST:
            raise Refusal(_("Give an amount between 0.01 and %(most)s.") % {"most": MOST}, code="amount", status=422)
        Person.objects.select_for_update(no_key=True).get(pk=item.customer_id)
        fits = amount <= self.left_for(item.customer)
        row = self.create(
            item=item,
            customer=item.customer,
            amount=amount,
            reason=reason,
            words=words,
            by=by,
            state=Credit.State.GIVEN if fits else Credit.State.WAITING,
        )
        verb = Verb.GOODWILL_GIVEN if fits else Verb.GOODWILL_ASKED_FOR
        record(verb, actor=by, subject=item, credit=row.pk, amount=str(amount), currency=CURRENCY, reason=reason)
        return row


class Credit(models.Model):
    """An amount that a customer gets because something went wrong. What was given is never changed."""

    class State(models.TextChoices):
        GIVEN = "given", _l("given")
        WAITING = "waiting", _l("waits for a supervisor")
        REFUSED = "refused", _l("refused")

    class Reason(models.TextChoices):
        BROKEN = "broken", _l("Broken product")
        LATE = "late", _l("Late delivery")
        MISTAKE = "mistake", _l("Our mistake")
        WAIT = "wait", _l("Waited too long for us")
        OTHER = "other", _l("Something else")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="credits")
    customer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=8, decimal_places=2, help_text="in the currency of the shop")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    words = models.CharField(max_length=300, blank=True, help_text="for the team: what happened")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    created_at = models.DateTimeField(default=timezone.now)
    counts_from = models.DateTimeField(default=timezone.now, help_text="the month to which it counts")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=300, blank=True, help_text="why it was refused")

    objects = CreditQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["customer", "counts_from"], name="credit_by_customer"),
            models.Index(fields=["created_at"], name="credit_waiting", condition=Q(state="waiting")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_credit_is_more_than_nothing"),
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(decided_by__isnull=False), name="who_refuses_a_credit_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {CURRENCY}"

    @transaction.atomic
    def decide(self, *, approve: bool, by: Person, why: str = "") -> None:
        """A supervisor gives it, or refuses with a reason. Nobody decides on what they asked for themselves."""
        may(by, Capability.SUPERVISE, self.item)
        row = Credit.objects.select_for_update().get(pk=self.pk)
        if row.by_id == by.pk:
            raise Refusal(_("You asked for this credit. Somebody else decides on it."), code="own", status=403)
        if row.state != self.State.WAITING:
            raise Refusal(_("This credit is decided: %(state)s.") % {"state": row.get_state_display()}, code="decided")
        if not approve and not why:
            raise Refusal(_("Say why, so that the agent can tell the customer."), code="no_reason", status=422)
        self.state = self.State.GIVEN if approve else self.State.REFUSED
        self.decided_by, self.decided_at, self.decision = by, timezone.now(), why
        self.counts_from = self.decided_at if approve else row.counts_from
        self.save(update_fields=["state", "decided_by", "decided_at", "decision", "counts_from"])
        verb = Verb.GOODWILL_GIVEN if approve else Verb.GOODWILL_REFUSED
        details = {"credit": self.pk, "amount": str(self.amount), "currency": CURRENCY, "reason": self.reason}
        record(verb, actor=by, subject=self.item, **details, **({} if approve else {"why": why}))


def may(person: Person, capability: Capability, item: Item) -> None:
    """Refuse whoever has no such right for the item's brand."""
    if not person.can(capability, item.brand_slug) or not Item.objects.visible_to(person).filter(pk=item.pk).exists():
        raise Refusal(_("You cannot give credits for this."), code="not_yours", status=403)
