"""Ratings: the stars a person gave, each time they gave them, and what they gave for single aspects."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from community.catalogue.models import ProductLine

FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class Rating(models.Model):
    """What a review said beside its text from a moment on: stars, pros and cons. The newest one is what it says now.

    Nobody changes or deletes a row: together they are the history that everybody may read.
    """

    review = models.ForeignKey("reviews.Review", on_delete=models.CASCADE, related_name="ratings")
    number = models.PositiveIntegerField()
    stars = models.PositiveSmallIntegerField(validators=FIVE)
    pros = models.TextField(blank=True, max_length=1000)
    cons = models.TextField(blank=True, max_length=1000)
    is_after_support = models.BooleanField(default=False, help_text="the team had answered or helped before")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="ratings_are_numbered"),
            models.CheckConstraint(condition=models.Q(stars__range=(1, 5)), name="a_rating_has_one_to_five_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} of 5"


class Aspect(models.Model):
    """What is rated beside the whole, for each product of a line: sound, battery, comfort."""

    line = models.ForeignKey(ProductLine, on_delete=models.CASCADE, related_name="aspects")
    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["line", "name"], name="one_aspect_name_per_line")]

    def __str__(self) -> str:
        return self.name


class AspectRating(models.Model):
    """The stars for one aspect in one review."""

    review = models.ForeignKey("reviews.Review", on_delete=models.CASCADE, related_name="aspect_ratings")
    aspect = models.ForeignKey(Aspect, on_delete=models.CASCADE, related_name="ratings")
    stars = models.PositiveSmallIntegerField(validators=FIVE)

    class Meta:
        ordering = ["aspect__position", "aspect_id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "aspect"], name="one_rating_per_review_and_aspect"),
            models.CheckConstraint(
                condition=models.Q(stars__range=(1, 5)), name="an_aspect_rating_has_one_to_five_stars"
            ),
        ]
