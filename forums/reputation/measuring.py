"""What people have of what the levels ask for, read from the ledger in one go."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from community.people.models import Person
from community.people.roles import STAFF_ROLES
from forums.reputation.bars import Measured
from forums.reputation.models import Point
from forums.reputation.rules import Kind

GOOD = [Kind.SOLUTION, Kind.VERIFIED]
"""Lines of an answer that somebody tried: it solved the problem, or the team vouches for it."""
NO_THANKS = [Kind.SAID_SO, Kind.EDIT]
"""Lines for good manners: nobody was helped out of trouble by them."""
DAY = timedelta(days=1)


def sums_of(lines: Any) -> Any:
    """Points, answers that helped for sure, and different people who gave thanks: a row for each person."""
    return lines.order_by().values("person").annotate(
        points=Coalesce(Sum("amount"), 0),
        helped=Count("post", filter=Q(kind__in=GOOD), distinct=True),
        people=Count("giver", filter=~Q(kind__in=NO_THANKS), distinct=True),
    )  # fmt: skip


def measured(person: Person, at: datetime) -> Measured:
    """One person's."""
    row = next(iter(sums_of(Point.objects.in_force().filter(person=person))), {})
    return _measured(person, row, at)


def everybody_measured(at: datetime) -> Iterator[tuple[Person, Measured]]:
    """Everybody who has a level or a point. The team has none: it is not in the race."""
    sums = {row["person"]: row for row in sums_of(Point.objects.in_force())}
    team = Person.objects.with_role(*STAFF_ROLES).values("pk")
    people = Person.objects.active().filter(Q(level__gt=0) | Q(pk__in=sums)).exclude(pk__in=team).order_by("pk")
    for person in people.iterator(chunk_size=2000):
        yield person, _measured(person, sums.get(person.pk, {}), at)


def _measured(person: Person, row: dict[str, Any], at: datetime) -> Measured:
    days = max(0, (at - person.created_at) // DAY)
    return Measured(days, row.get("points", 0), row.get("helped", 0), row.get("people", 0))
