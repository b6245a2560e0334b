"""The team as its supervisor sees it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from community.people.models import Grant, Person
from community.people.roles import Capability
from moderation.chat.models import Chat
from moderation.queue.models import Ability, Item
from moderation.queue.team import WORKING_ROLES
from moderation.staffing.load import load_of
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
    mine = Q() if brands is None else Q(brand__in=brands)
    grants = Grant.objects.in_force().filter(mine, role__in=WORKING_ROLES)
    return Person.objects.active().filter(pk__in=grants.values("person")).order_by("username")


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
            load=loads.get(person.pk, 0),
            capacity=shifts[person.pk].capacity if person.pk in shifts else settings.ITEMS_AT_HAND,
            is_on=person.pk in shifts,
            is_here=person.pk in here,
        )
        for person in people
    ]


def loads_of(people: list[Person]) -> dict[int, int]:
    """What each has at hand, in two queries: the items, and the chats among them."""
    weight = Case(
        When(kind=Item.Kind.CONVERSATION, then=Value(settings.LOAD_OF_MAIL)),
        default=Value(settings.LOAD_OF_THREAD),
        output_field=IntegerField(),
    )
    chats = Chat.objects.going_on().filter(agent__in=people)
    theirs = Item.objects.filter(state=Item.State.OPEN).exclude(pk__in=chats.values("conversation__item"))
    by_person = theirs.annotate(who=Coalesce(F("claim_row__holder"), F("assignee"))).filter(
        who__in=[person.pk for person in people]
    )
    loads: dict[int, int] = {}
    for row in by_person.values("who", weight=weight).annotate(number=Count("pk")).order_by():
        loads[row["who"]] = loads.get(row["who"], 0) + row["weight"] * row["number"]
    for agent, number in chats.values_list("agent").annotate(Count("pk")):
        loads[agent] = loads.get(agent, 0) + number * settings.LOAD_OF_CHAT
    return loads


def shift_of(person: Any) -> dict[str, Any]:
    """What the switch above the queue shows."""
    shift = Shift.objects.filter(person=person).first()
    capacity = shift.capacity if shift else settings.ITEMS_AT_HAND
    return {"is_on": shift is not None, "load": load_of(person), "capacity": capacity, "most": MOST_AT_HAND}
