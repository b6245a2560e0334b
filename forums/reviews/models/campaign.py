"""Campaigns that give something to people who write reviews. Each review from one says so, and what was given."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.catalogue.models import Product
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.policy.checks.review_requests import praise_in
from community.refusals import Refusal, refuse_too_long
from forums.reviews.models.score import Score
from forums.threads.purging import purge_thread


class IncentiveKind(models.TextChoices):
    """What somebody gets for a review, whatever it says."""

    PRODUCT = "product", gettext_lazy("got the product for free")
    DISCOUNT = "discount", gettext_lazy("got a discount")
    CONTEST = "contest", gettext_lazy("takes part in a contest")
    POINTS = "points", gettext_lazy("got loyalty points")
    OTHER = "other", gettext_lazy("got something for it")


WORDY = ("name", "eligibility", "budget", "terms", "invitation")
"""All that somebody says in a campaign."""


def new_code() -> str:
    return secrets.token_urlsafe(8)


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Which campaigns."""

    def running(self, day: date | None = None) -> Self:
        """Those that give something on this day, or today."""
        on = day or timezone.localdate()
        return self.filter(begins_on__lte=on, ends_on__gte=on, ended_at__isnull=True)

    def with_figures(self) -> Self:
        """Each with how many were `asked`, how many of its reviews stand (`written`), and their `mean` of stars."""
        standing = models.Q(incentives__ended_at=None, incentives__isnull=False)
        return self.annotate(
            asked=models.Count("guests", distinct=True),
            written=models.Count("incentives", filter=standing, distinct=True),
            mean=models.Avg("incentives__review__stars", filter=standing),
        )

    def rewarding(self, person: Person, product: Product | None, code: str = "") -> "Campaign | None":
        """The campaign that a review of this product by this person comes from: by its link, or because it asked them.

        Whoever was asked is told of even when they come without the link, and when the campaign is over meanwhile.
        """
        about = models.Q(product__isnull=True) | models.Q(product=product)
        came = models.Q(guests__person=person)
        if code:
            came |= models.Q(code=code)
        return self.filter(about, came, begins_on__lte=timezone.localdate()).order_by("-pk").distinct().first()

    @transaction.atomic
    def plan(self, *, by: Person, **fields: Any) -> "Campaign":
        """Plan one. What asks for praise is refused: a reward must not depend on what a review says."""
        if not by.can(Capability.MODERATE):
            raise Refusal(_("Only community managers plan campaigns."), code="not_allowed", status=403)
        for name in WORDY:
            if found := praise_in(fields.get(name, "")):
                raise asks_for_praise(found, name)
        if fields["ends_on"] < fields["begins_on"]:
            raise Refusal(_("It cannot end before it begins."), code="dates", status=422, field="ends_on")
        campaign = self.create(by=by, **fields)
        record(Verb.CAMPAIGN_PLANNED, actor=by, subject=campaign, kind=campaign.kind, name=campaign.name)
        return campaign


class Campaign(models.Model):
    """One campaign: what is given, when, on which terms, for how much, and who was asked."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=IncentiveKind.choices)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, null=True, blank=True, related_name="campaigns")
    begins_on = models.DateField()
    ends_on = models.DateField()
    eligibility = models.CharField(max_length=200, blank=True, db_default="", help_text="who can take part")
    terms = models.TextField(max_length=2000, help_text="everybody can read them")
    invitation = models.TextField(max_length=2000, blank=True, help_text="what people are told when they are asked")
    budget = models.CharField(max_length=40, blank=True, help_text="such as: 50 headphones, or 500 €")
    code = models.CharField(max_length=20, unique=True, default=new_code, help_text="of its link")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-begins_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("begins_on")), name="a_campaign_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forums:campaign-detail", args=[self.code])

    @property
    def is_running(self) -> bool:
        return self.ended_at is None and self.begins_on <= timezone.localdate() <= self.ends_on

    @transaction.atomic
    def invite(self, people: Iterable[Person], *, by: Person) -> int:
        """Ask these people. Answers how many were new; whoever was asked before stays as they are."""
        known = set(self.guests.values_list("person", flat=True))
        new = [person for pk, person in {person.pk: person for person in people}.items() if pk not in known]
        CampaignGuest.objects.bulk_create(CampaignGuest(campaign=self, person=person, by=by) for person in new)
        if new:
            record(Verb.CAMPAIGN_INVITED, actor=by, subject=self, people=len(new), name=self.name)
        return len(new)

    @transaction.atomic
    def end(self, *, by: Person) -> None:
        """Nothing is given from now on. What came from it keeps its label."""
        self.refresh_from_db(from_queryset=Campaign.objects.select_for_update(of=("self",)))
        if self.ended_at is None:
            self.ended_at = timezone.now()
            self.save(update_fields=["ended_at"])
            record(Verb.CAMPAIGN_ENDED, actor=by, subject=self, name=self.name)


class CampaignGuest(models.Model):
    """Somebody was asked by a campaign: whatever they write about its product says so."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="guests")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="a_campaign_asks_a_person_once")]


class Incentive(models.Model):
    """A review was written for something. Only an administrator takes the label off, with a reason; the row stays."""

    review = models.ForeignKey("reviews.Review", on_delete=models.CASCADE, related_name="incentives")
    campaign = models.ForeignKey(Campaign, on_delete=models.SET_NULL, null=True, related_name="incentives")
    kind = models.CharField(max_length=10, choices=IncentiveKind.choices)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["review"], condition=models.Q(ended_at__isnull=True), name="one_standing_incentive_per_review"
            )
        ]


class RewardedReview:
    """What a review can do about something having been given for it."""

    pk: int
    product_id: int | None
    incentive: str
    incentives: Any
    thread: Any

    @transaction.atomic
    def say_rewarded(self, kind: str, campaign: Campaign | None = None) -> None:
        """It says from now on that something was given for it. Repeatable."""
        if not self.incentives.filter(ended_at__isnull=True).exists():
            self.incentives.create(kind=kind, campaign=campaign)
            self._keep_incentive(kind)

    @transaction.atomic
    def take_incentive_off(self, *, by: Person, reason: str) -> None:
        """The label was wrong. Only an administrator says so, and why."""
        if not by.can(Capability.ADMINISTER):
            sentence = _("Only an administrator can take this label off, with a reason.")
            raise Refusal(sentence, code="not_allowed", status=403)
        if not reason.strip():
            raise Refusal(_("Say why: the record keeps it."), code="reason_missing", status=422)
        refuse_too_long(reason)
        facts = {"ended_at": timezone.now(), "ended_by": by, "end_reason": reason.strip()}
        if self.incentives.filter(ended_at__isnull=True).update(**facts):
            self._keep_incentive("")
            record(Verb.REVIEW_INCENTIVE_REMOVED, actor=by, subject=self.thread, reason=reason.strip()[:200])

    def _keep_incentive(self, kind: str) -> None:
        self.incentive = kind
        type(self).objects.filter(pk=self.pk).update(incentive=kind)  # type: ignore[attr-defined]
        if self.product_id:
            Score.objects.move(self.product_id, 0, 0)  # the mean without rewarded reviews is another one now
        purge_thread(self.thread)


def asks_for_praise(found: Any, field: str) -> Refusal:
    """A reward that hangs on what a review says is no campaign but a bribe."""
    sentence = _("“%(words)s” makes the reward depend on what a review says. Ask for a review, whatever it says.")
    return Refusal(sentence % {"words": found[0]}, code="praise", status=422, field=field)
