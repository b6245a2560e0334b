"""The public ledger: each time a review was not shown, or shown and not counted. Lines end; nobody deletes one."""

from typing import Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Product
from community.events.models import Event
from community.live.purging import purge
from forums.reviews.models import Review

KEY = "review-ledger"


class LedgerQuerySet(models.QuerySet["LedgerLine"]):
    """Which lines, and how one begins and ends."""

    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def of(self, product: Product | None) -> Self:
        return self.filter(product=product) if product else self

    @transaction.atomic
    def begin(self, review: Review, what: str, code: str, *, is_by_rule: bool, event: Event) -> None:
        """It is out of sight, or out of the numbers, from this event on. A reason that is known better replaces one."""
        facts = {"code": code[:80], "is_by_rule": is_by_rule}
        known = self.standing().filter(review=review, what=what)
        if known.exists():
            known.filter(code="other").update(**facts)
        else:
            facts |= {"review": review, "product": review.product, "stars": review.stars, "what": what}
            self.get_or_create(event_id=event.pk, what=what, defaults=facts | {"began_at": event.created_at})
        purge(KEY)

    def end(self, review: Review, *what: str, outcome: str) -> None:
        """It is seen, or counted, again; or what was held is decided."""
        if self.standing().filter(review=review, what__in=what).update(ended_at=timezone.now(), outcome=outcome):
            purge(KEY)


class LedgerLine(models.Model):
    """When, which stars, what, why, and by a rule or a person. Never a word of the review, nor who wrote it."""

    class What(models.TextChoices):
        HELD = "held", _("Held for an extra check")
        REFUSED = "refused", _("Not published")
        NOT_COUNTED = "not_counted", _("Shown, not counted")

    class Outcome(models.TextChoices):
        PUBLISHED = "published", _("published with its date")
        REFUSED = "refused", _("not published")
        COUNTED = "counted", _("counted again")

    review = models.ForeignKey(Review, on_delete=models.SET_NULL, null=True, related_name="ledger_lines")
    product = models.ForeignKey(Product, on_delete=models.SET_NULL, null=True, related_name="+")
    stars = models.PositiveSmallIntegerField(help_text="as they were then")
    what = models.CharField(max_length=12, choices=What.choices)
    code = models.CharField(max_length=80, help_text="the reason: a house rule, a signal, a tie to the company")
    is_by_rule = models.BooleanField(default=False, help_text="a rule of the site did it, and no person")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    event_id = models.BigIntegerField(help_text="what it was read from")
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-began_at", "-id"], name="ledger_by_time"),
            models.Index(fields=["product", "-began_at"], name="ledger_by_product"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event_id", "what"], name="an_event_is_one_line"),
            models.UniqueConstraint(
                fields=["review", "what"],
                condition=models.Q(ended_at__isnull=True),
                name="a_review_stands_once_in_the_ledger",
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.pk}"


class ParityAlarm(models.Model):
    """On this day the difference between few and many stars was more than chance."""

    refusals = models.JSONField(help_text="interval of the difference, in points of per cent")
    holds = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"alarm {self.pk}"
