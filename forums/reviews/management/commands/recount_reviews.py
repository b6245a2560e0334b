"""manage.py recount_reviews: the ratings of all products anew from their reviews."""

from typing import Any

from django.core.management.base import BaseCommand

from forums.reviews.models import Score
from forums.reviews.recounting import recount_scores


class Command(BaseCommand):
    """Safe to repeat, beside a running site."""

    help = "Count the ratings of all products from their reviews again, and say how many were wrong."

    def handle(self, **options: Any) -> None:
        wrong = recount_scores()
        self.stdout.write(f"{Score.objects.count()} ratings, {len(wrong)} corrected.")
