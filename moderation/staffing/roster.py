"""The team as its supervisor sees it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from community.people.models import Person
from community.people.roles import Capability
from community.prepared import PreparedRow
from moderation.queue.models import Ability
from moderation.queue.team import working
from moderation.staffing.load import load_of, loads_of
from moderation.staffing.models import MOST_AT_HAND, Shift


@dataclass
class Colleague:
    """One row: who, whether items come, and how full their hands are."""

    person: Person
    abilities: list[Ability]
    load: int = 0
    capacity: int = 0
    is_on: bool = False
    is_here: bool = False

    @property
    def is_full(self) -> bool:
        return self.load >= self.capacity


def team(viewer: Person) -> QuerySet[Person]:
    """Everybody who works the queue of one of the viewer's brands."""
    brands = viewer.brands_for(Capability.SUPERVISE)
    return working(Q() if brands is None else Q(brand__in=brands))


def roster(viewer: Person) -> list[Colleague]:
    """All of them in a constant number of queries."""
    able = Prefetch("abilities", queryset=Ability.objects.select_related("skill"))
    people = list(team(viewer).prefetch_related(able))
    shifts = {shift.person_id: shift for shift in Shift.objects.filter(person__in=people)}
    here = set(Shift.objects.at_the_desk().values_list("person", flat=True))
    loads = loads_of(people)
    return [
        Colleague(
            person=person,
            abilities=list(person.abilities.all()),  # type: ignore[attr-defined]
            load=loads[person.pk],
            capacity=shifts[person.pk].capacity if person.pk in shifts else settings.ITEMS_AT_HAND,
            is_on=person.pk in shifts,
            is_here=person.pk in here,
        )
        for person in people
    ]


def shift_of(person: Any) -> dict[str, Any]:
    """What the switch above the queue shows."""
    shift = own_shift.get(person=person.pk)
    capacity = shift.capacity if shift else settings.ITEMS_AT_HAND
    return {"is_on": shift is not None, "load": load_of(person), "capacity": capacity, "most": MOST_AT_HAND}


own_shift = PreparedRow(lambda person: Shift.objects.filter(person=person), person=int)
