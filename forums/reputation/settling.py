"""Bringing the ledger in line with the facts, and the standings with the ledger. Repeating it changes nothing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from community.live.purging import purge
from community.people.models import Person
from forums.reputation.awarding import award
from forums.reputation.earning import Earned, Key, earned_on
from forums.reputation.models import Point, Standing
from forums.reputation.rules import Kind
from forums.threads.models import Post, Suggestion

WEEK, SEASON = timedelta(days=7), timedelta(days=90)


@transaction.atomic
def settle(posts: Any, giver: int | None = None) -> set[int]:
    """Make the lines on these posts what the facts say; with `giver`, only that person's votes. Answers whose sums
    changed."""
    concerned = write_lines(posts, giver)
    count(concerned)
    award(concerned)
    return concerned


def write_lines(posts: Any, giver: int | None = None) -> set[int]:
    """The lines alone. Answers whose sums and badges are to be made anew."""
    posts = list(posts.select_related("thread").defer("html", "source").select_for_update(of=("self",), no_key=True))
    lines = Point.objects.filter(post__in=[post.pk for post in posts])
    if giver is not None:
        lines = lines.filter(giver=giver, kind__in=[Kind.ANSWER_VOTE, Kind.QUESTION_VOTE])
    return _write(
        earned_on(posts, giver), {(line.post_id, line.kind, line.giver_id, line.person_id): line for line in lines}
    )


def _write(earned: dict[Key, Earned], lines: dict[Key, Point]) -> set[int]:
    """Add lines that are missing, end those whose cause is gone, revive those whose cause is back."""
    now = timezone.now()
    new = [_line(one, now) for key, one in earned.items() if key not in lines]
    Point.objects.bulk_create(new, batch_size=1000)
    changed = [line for key, line in lines.items() if _corrected(line, earned.get(key), now)]
    Point.objects.bulk_update(changed, ["amount", "ended_at", "ended_by"], batch_size=1000)
    return {line.person_id for line in (*new, *changed)}


def _line(one: Earned, now: datetime) -> Point:
    return Point(
        person_id=one.person_id,
        kind=one.kind,
        amount=one.amount,
        post_id=one.post_id,
        giver_id=one.giver_id,
        giver_class=one.giver_class,
        created_at=one.at,
        ended_at=now if one.ended_by else None,
        ended_by=one.ended_by,
    )


def _corrected(line: Point, one: Earned | None, now: datetime) -> bool:
    """Bring a line in line; whether that changed it. Who gave it, as what and when stays as first written."""
    ended_by = one.ended_by if one else Point.Ended.TAKEN_BACK
    amount = one.amount if one else line.amount
    if line.ended_by == ended_by and line.amount == amount:
        return False
    line.ended_by, line.ended_at, line.amount = ended_by, (now if ended_by else None), amount
    return True


def count(people: Iterable[int]) -> int:
    """Add up the ledgers of these people anew. Answers how many standings changed."""
    ids = sorted(set(people))
    if not ids:
        return 0
    Standing.objects.bulk_create([Standing(person_id=pk) for pk in ids], ignore_conflicts=True)
    rows = list(Standing.objects.filter(pk__in=ids).select_for_update().order_by("pk"))
    found = {row["person"]: row for row in sums(ids)}
    changed = [row for row in rows if _recounted(row, found.get(row.pk, {}))]
    Standing.objects.bulk_update(changed, [*SUMS, "counted_at"], batch_size=500)
    if changed:
        purge("people", *[f"person-{row.pk}" for row in changed[:50]])
    return len(changed)


SUMS = {
    "points": (None, None),
    "solutions": (None, Kind.SOLUTION),
    "verified": (None, Kind.VERIFIED),
    "week_points": (WEEK, None),
    "week_solutions": (WEEK, Kind.SOLUTION),
    "season_points": (SEASON, None),
    "season_solutions": (SEASON, Kind.SOLUTION),
}
"""Each kept sum: how far back it looks, and of which kind it counts lines instead of adding points."""


def sums(people: Iterable[int] | None = None) -> Any:
    """The sums of the ledger, one row a person."""
    now = timezone.now()
    lines = Point.objects.in_force()
    lines = lines if people is None else lines.filter(person__in=people)
    columns = {}
    for name, (window, kind) in SUMS.items():
        within = Q(created_at__gt=now - window) if window else Q()
        if kind:
            columns[name] = Count("pk", filter=within & Q(kind=kind))
        else:
            columns[name] = Coalesce(Sum("amount", filter=within), 0) if window else Coalesce(Sum("amount"), 0)
    return lines.order_by().values("person").annotate(**{f"sum_{name}": column for name, column in columns.items()})


def _recounted(row: Standing, found: dict[str, int]) -> bool:
    new = {name: found.get(f"sum_{name}", 0) for name in SUMS}
    if all(getattr(row, name) == value for name, value in new.items()):
        return False
    for name, value in new.items():
        setattr(row, name, value)
    row.counted_at = timezone.now()
    return True


def settle_everything(chunk: int = 2000) -> int:
    """The whole ledger anew from the facts. Answers how many standings were not what they should be."""
    before = dict(Standing.objects.values_list("pk", "points"))
    last, most = 0, Post.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    while last < most:
        earning = Q(votes__isnull=False) | Q(solution__isnull=False) | Q(verifications__isnull=False)
        earning |= Q(suggestions__state=Suggestion.State.ACCEPTED)
        ids = Post.objects.filter(Q(points__isnull=False) | earning, pk__gt=last).order_by("pk")
        page = list(ids.values_list("pk", flat=True).distinct()[:chunk])
        if not page:
            break
        with transaction.atomic():
            write_lines(Post.objects.filter(pk__in=page))
        last = page[-1]
    known = Person.objects.filter(Q(standing__isnull=False) | Q(points__isnull=False)).distinct()
    ids = list(known.values_list("pk", flat=True))
    count(ids)
    for start in range(0, len(ids), chunk):
        award(ids[start : start + chunk])
    after = dict(Standing.objects.values_list("pk", "points"))
    return sum(before.get(pk, 0) != points for pk, points in after.items())
