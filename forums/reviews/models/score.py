"""What the reviews of a product add up to. Kept, not counted: each review knows as what it stands in the sums."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Product
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.prepared import Prepared, PreparedRow
from community.refusals import Refusal, refuse_too_long
from forums.reviews.arithmetic import STARS, helpfulness, mean, rounded, shrunken
from forums.threads.models import Post, Thread
from forums.threads.purging import purge_thread
from forums.threads.tallying import tallies

COLUMNS = ("ones", "twos", "threes", "fours", "fives")


class ScoreQuerySet(models.QuerySet["Score"]):
    """Which scores."""

    def move(self, product_id: int, before: int, after: int) -> None:
        """One review that stood in the sums with `before` stars now stands there with `after`; 0 is: not at all."""
        self.bulk_create([self.model(product_id=product_id)], ignore_conflicts=True)
        steps: dict[str, Any] = {}
        if before:
            steps[COLUMNS[before - 1]] = F(COLUMNS[before - 1]) - 1
        if after:
            steps[COLUMNS[after - 1]] = F(COLUMNS[after - 1]) + 1
        self.filter(product=product_id).update(version=F("version") + 1, **steps)

    def add(self, product_id: int, more: Counter[int]) -> None:
        """So many further reviews stand in the sums, by their stars."""
        self.bulk_create([self.model(product_id=product_id)], ignore_conflicts=True)
        steps: dict[str, Any] = {COLUMNS[stars - 1]: F(COLUMNS[stars - 1]) + n for stars, n in more.items()}
        self.filter(product=product_id).update(version=F("version") + 1, **steps)

    def counted_anew(self, reviews: Any) -> dict[int, list[int]]:
        """The histograms as a count of the counted reviews makes them, by product. It writes nothing."""
        found: dict[int, list[int]] = {}
        for row in reviews.counted().order_by().values("product", "stars").annotate(n=Count("pk")):
            found.setdefault(row["product"], [0] * 5)[row["stars"] - 1] = row["n"]
        return found


class Score(models.Model):
    """How many counted reviews of a product gave each number of stars."""

    product = models.OneToOneField(Product, on_delete=models.CASCADE, primary_key=True, related_name="score")
    ones = models.PositiveIntegerField(default=0)
    twos = models.PositiveIntegerField(default=0)
    threes = models.PositiveIntegerField(default=0)
    fours = models.PositiveIntegerField(default=0)
    fives = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = ScoreQuerySet.as_manager()

    @property
    def histogram(self) -> list[int]:
        """How many gave one star, two, … five."""
        return [getattr(self, name) for name in COLUMNS]

    @property
    def n(self) -> int:
        return sum(self.histogram)

    @property
    def mean(self) -> Decimal | None:
        """The plain mean, to one place; None without a review."""
        exact = mean(self.histogram)
        return None if exact is None else rounded(exact)

    @property
    def shrunken(self) -> Decimal:
        """The careful mean: see `arithmetic.shrunken`, with the site's prior."""
        return rounded(shrunken(self.histogram, Fraction(str(self.prior_mean)), self.prior_weight))

    @property
    def prior_mean(self) -> float:
        """What a product is taken to be worth before anybody has rated it."""
        return float(settings.REVIEWS_PRIOR_MEAN)

    @property
    def prior_weight(self) -> int:
        """As how many people that counts."""
        return int(settings.REVIEWS_PRIOR_WEIGHT)

    def without(self, others: "Score") -> "Score | None":
        """What is left without these reviews, which are among its own; None when there are none of them."""
        if not others.n:
            return None
        left = zip(COLUMNS, self.histogram, others.histogram, strict=True)
        return type(self)(**{name: max(0, all_ - some) for name, all_, some in left})

    @property
    def bars(self) -> list[dict[str, int]]:
        """The histogram from five stars down, with the share of each in per cent."""
        n = self.n or 1
        return [
            {"stars": s, "n": self.histogram[s - 1], "share": round(100 * self.histogram[s - 1] / n)} for s in STARS
        ]


class SetAside(models.Model):
    """A review is read but not counted, by whom and why. Counting it again deletes the row."""

    class Cause(models.TextChoices):
        INSIDER = "insider", _("Written by somebody who works for the company")
        OTHER = "other", _("Set aside by the team")

    review = models.OneToOneField("reviews.Review", on_delete=models.CASCADE, primary_key=True, related_name="aside")
    cause = models.CharField(max_length=20, choices=Cause.choices)
    reason = models.CharField(max_length=500, help_text="everybody can read it")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", help_text="none: a rule did")
    created_at = models.DateTimeField(auto_now_add=True)


class CountedReview:
    """What a review can do about being part of its product's numbers."""

    pk: int
    thread: Any
    product_id: int | None
    stars: int
    counted_as: int
    helpfulness: int
    unhelpful_count: int

    @transaction.atomic
    def settle(self) -> None:
        """Bring into the sums, and into its own kept numbers, what is true of the review now. Repeatable."""
        reviews: Any = type(self)
        locked, standing = settling(reviews)
        row = locked.get(pk=self.pk)
        if row is None:
            raise reviews.DoesNotExist
        counts, yes = standing.row(pk=self.pk) or (False, 0)  # read when the row is ours, not with it
        stars, helpful = row.stars if counts else 0, helpfulness(yes or 0, row.unhelpful_count)
        if stars != row.counted_as:
            Score.objects.move(row.product_id, row.counted_as, stars)
        if (stars, helpful) != (row.counted_as, row.helpfulness):
            reviews.objects.filter(pk=self.pk).update(counted_as=stars, helpfulness=helpful)
        self.counted_as, self.helpfulness, self.unhelpful_count = stars, helpful, row.unhelpful_count

    @transaction.atomic
    def set_aside(self, cause: str, reason: str, *, by: Person | None) -> None:
        """Keep it on the page and out of the numbers. Repeating it changes nothing."""
        if not reason.strip():
            raise Refusal(_("Say why: everybody can read it beside the review."), code="reason_missing", status=422)
        refuse_too_long(reason)
        facts = {"cause": cause, "reason": reason, "by": by}
        _row, is_new = SetAside.objects.get_or_create(review_id=self.pk, defaults=facts)
        if is_new:
            self.settle()
            purge_thread(self.thread)
            record(Verb.REVIEW_SET_ASIDE, actor=by, subject=self.thread, cause=cause, reason=reason[:200])

    @transaction.atomic
    def count_again(self, *, by: Person | None, reason: str = "") -> None:
        """Let it be part of the numbers again."""
        if SetAside.objects.filter(review=self.pk).delete()[0]:
            self.settle()
            purge_thread(self.thread)
            record(Verb.REVIEW_COUNTED_AGAIN, actor=by, subject=self.thread, reason=reason[:200])


@cache
def settling(reviews: Any) -> tuple[PreparedRow[Any], Prepared]:
    """A review, locked; and whether it counts now, with how many found it helpful."""
    helped = Subquery(Post.objects.filter(thread=OuterRef("pk"), kind=Post.Kind.OPENING).values("score")[:1])
    counts = Exists(reviews.objects.counted().filter(pk=OuterRef("pk")))
    return (
        PreparedRow(lambda pk: reviews.objects.select_for_update(of=("self",)).filter(pk=pk), pk=int),
        Prepared(lambda pk: reviews.objects.filter(pk=pk).values_list(counts, helped), pk=int),
    )


class CountingQuerySet:
    """Which reviews are part of the numbers."""

    filter: Any
    model: Any

    def counted(self) -> Self:
        """THE definition of which reviews enter a product's numbers, wherever numbers are shown or told.

        About a product; to be read by everybody; not set aside. Stars, length, age and helpfulness play no part.
        """
        return self.filter(
            about=self.model.About.PRODUCT,
            thread__is_hidden=False,
            thread__merged_into__isnull=True,
            aside__isnull=True,
        )


def score_of(reviews: Any) -> Score:
    """What these reviews add up to, counted now: for a part of a product's, such as those of verified owners."""
    rows = reviews.counted().order_by().values_list("stars").annotate(n=Count("pk"))
    return Score(**{COLUMNS[stars - 1]: n for stars, n in rows})


@tallies(Thread.Kind.REVIEW)
def settle_review_of(thread: Thread) -> None:
    """The thread came into sight, left it, or its opening got a vote."""
    thread.review.settle()
