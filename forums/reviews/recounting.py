"""Counting all reviews anew: what is kept must be what a count makes, and is put right where it is not."""

from django.db import connection, transaction
from django.db.models import F

from community.live.purging import purge
from forums.reviews.models import Review, Score
from forums.reviews.models.score import COLUMNS


@transaction.atomic
def recount_scores() -> list[int]:
    """Put every product's sums right. Answers the products whose kept sums were not what a count makes.

    Whoever writes a review meanwhile waits for it.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {Review._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    counted = Review.objects.counted()
    Review.objects.exclude(counted_as=0).exclude(pk__in=counted.values("pk")).update(counted_as=0)
    Review.objects.filter(pk__in=counted.values("pk")).exclude(counted_as=F("stars")).update(counted_as=F("stars"))
    kept, true = Score.objects.in_bulk(), Score.objects.counted_anew(Review.objects.all())
    wrong = [
        pk for pk in sorted(kept.keys() | true.keys()) if pk not in kept or kept[pk].histogram != true.get(pk, NONE)
    ]
    for pk in wrong:
        sums = dict(zip(COLUMNS, true.get(pk, NONE), strict=True))
        Score.objects.update_or_create(product_id=pk, defaults=sums)
        purge(f"product-{pk}", "products")
    return wrong


NONE = [0] * len(COLUMNS)
