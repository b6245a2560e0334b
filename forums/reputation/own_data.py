"""What a person earned, and by what."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.people.taking_along import takes_along
from forums.reputation.models import Award, LevelChange, Point


@takes_along("points", _("Your points, each with its cause"))
def points(person: Person) -> Iterator[dict[str, Any]]:
    """Who thanked is known by their kind only, as on the page of the ledger."""
    for row in Point.objects.of(person).order_by("pk").iterator():
        told = {"thread": row.post.thread.title, "by": row.giver_class, "at": row.created_at, "ended_at": row.ended_at}
        yield {"points": row.amount, "for": row.kind, **told}


@takes_along("badges_and_levels", _("Your badges, and how your level changed"))
def badges(person: Person) -> Iterator[dict[str, Any]]:
    for row in Award.objects.filter(person=person).order_by("pk"):
        yield {"badge": row.badge, "at": row.created_at, "ended_at": row.ended_at}
    yield from LevelChange.objects.filter(person=person).order_by("pk").values("before", "after", "created_at")
