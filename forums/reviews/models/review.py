"""A review: a thread that begins with stars."""

from itertools import pairwise
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Product
from community.people.models import Person
from forums.reviews.models.campaign import IncentiveKind, RewardedReview
from forums.reviews.models.helping import HelpfulReview
from forums.reviews.models.proof import Proof, ProvableReview
from forums.reviews.models.rating import FIVE
from forums.reviews.models.score import CountedReview, CountingQuerySet
from forums.reviews.rewriting import RewritableReview
from forums.reviews.writing import WritingQuerySet
from forums.threads.models import Post, Thread


class ReviewQuerySet(WritingQuerySet, CountingQuerySet, models.QuerySet["Review"]):
    """Which reviews."""

    def visible_to(self, person: Any) -> Self:
        return self.filter(thread__in=Thread.objects.visible_to(person))

    def listed(self) -> Self:
        """What everybody may read and find, counted or not."""
        return self.filter(thread__is_hidden=False, thread__merged_into__isnull=True)

    def of(self, product: Product) -> Self:
        return self.filter(product=product)

    def verified(self) -> Self:
        """By somebody who is known to own it."""
        return self.exclude(proof="")

    def unrewarded(self) -> Self:
        """Nothing was given for them."""
        return self.filter(incentive="")

    def for_reading(self) -> Self:
        """With what a page or a row says about its thread."""
        thread = ("author", "product__brand", "product_version", "attribution")
        return self.select_related(*(f"thread__{name}" for name in thread), "aside", "brought")


class Review(CountedReview, HelpfulReview, ProvableReview, RewardedReview, RewritableReview, models.Model):
    """What one person thinks of a product, of the company, or of the help they got."""

    class About(models.TextChoices):
        PRODUCT = "product", _("A product")
        COMPANY = "company", _("The company")
        SUPPORT = "support", _("The help somebody got")

    class OwnedFor(models.TextChoices):
        DAYS = "days", _("A few days")
        WEEKS = "weeks", _("Some weeks")
        MONTHS = "months", _("Some months")
        HALF_YEAR = "half_year", _("Half a year or more")
        YEAR = "year", _("A year or more")
        YEARS = "years", _("Several years")

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, primary_key=True, related_name="review")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews", help_text="the thread’s")
    about = models.CharField(max_length=10, choices=About.choices, default=About.PRODUCT)
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews", help_text="the thread’s"
    )
    occasion = models.CharField(max_length=60, blank=True, help_text="which help, when it is about help")
    stars = models.PositiveSmallIntegerField(validators=FIVE, help_text="kept: those of the newest rating")
    pros = models.TextField(blank=True, max_length=1000, help_text="kept: those of the newest rating")
    cons = models.TextField(blank=True, max_length=1000, help_text="kept: those of the newest rating")
    owned_for = models.CharField(max_length=10, choices=OwnedFor.choices, blank=True)
    use_case = models.CharField(max_length=120, blank=True, help_text="such as: on the train, two hours a day")
    owner_number = models.CharField(max_length=60, blank=True, help_text="order or serial number: contact data")
    proof = models.CharField(max_length=10, choices=Proof.Kind.choices, blank=True, help_text="kept: the best standing")
    incentive = models.CharField(
        max_length=10, choices=IncentiveKind.choices, blank=True, db_default="", help_text="kept: what was given for it"
    )
    photo_count = models.PositiveSmallIntegerField(default=0, help_text="kept: those that everybody sees")
    unhelpful_count = models.PositiveIntegerField(default=0, help_text="kept")
    helpfulness = models.PositiveIntegerField(default=0, help_text="kept: Wilson’s lower bound, in millionths")
    counted_as = models.PositiveSmallIntegerField(default=0, help_text="kept: its stars in the product’s sums, or 0")
    written_at = models.DateTimeField(default=timezone.now, help_text="the thread’s, for the order of lists")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["product", "-written_at", "-thread"], name="review_by_age"),
            models.Index(fields=["product", "-helpfulness", "-thread"], name="review_by_help"),
            models.Index(fields=["product", "stars", "-thread"], name="review_by_fewest_stars"),
            models.Index(fields=["product", "-stars", "-thread"], name="review_by_most_stars"),
            models.Index(fields=["about", "-written_at", "-thread"], name="review_by_subject"),
            models.Index(fields=["product", "stars"], condition=~Q(incentive=""), name="review_rewarded"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "product"],
                condition=Q(about="product"),
                name="one_review_per_person_and_product",
            ),
            models.UniqueConstraint(
                fields=["author"], condition=Q(about="company"), name="one_review_per_person_of_the_company"
            ),
            models.UniqueConstraint(
                fields=["author", "occasion"], condition=Q(about="support"), name="one_review_per_person_and_occasion"
            ),
            models.CheckConstraint(
                condition=Q(about="product", product__isnull=False) | (~Q(about="product") & Q(product__isnull=True)),
                name="a_review_of_a_product_has_one",
            ),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="a_review_has_one_to_five_stars"),
        ]

    def __str__(self) -> str:
        return str(self.thread)

    def get_absolute_url(self) -> str:
        return self.thread.get_absolute_url()

    @cached_property
    def opening(self) -> Post:
        """The text, with its votes."""
        return self.thread.posts.select_related("author").get(kind=Post.Kind.OPENING)

    @property
    def whole(self) -> str:
        """All its words below the title, as the gate and the signals read them."""
        return "\n\n".join(filter(None, [self.opening.source, self.pros, self.cons, self.use_case]))

    @property
    def is_verified(self) -> bool:
        return bool(self.proof)

    @property
    def is_by_hand(self) -> bool:
        """Staff confirmed it on a proof that they saw; nothing else speaks for it."""
        return self.proof == Proof.Kind.BY_HAND

    @property
    def is_changed_after_support(self) -> bool:
        """Its stars changed after the team had helped or answered."""
        rows = list(self.ratings.values_list("stars", "is_after_support"))
        return any(after and stars != before for (before, _), (stars, after) in pairwise(rows))

    def count_photos(self) -> None:
        """Keep the number of photos that everybody sees."""
        self.photo_count = self.photos.filter(is_hidden=False).count()
        type(self).objects.filter(pk=self.pk).update(photo_count=self.photo_count)
