"""The audit log: what staff did and whom they looked at, read from the one table of events."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.events.audiences import STAFF
from community.events.models import Event
from community.people.models import Grant
from community.people.roles import STAFF_ROLES

PAGE = 50


@dataclass(frozen=True)
class Filters:
    """What somebody looks for in the log."""

    person: str = ""
    verb: str = ""
    subject: str = ""  # such as item:7 or thread:42
    since: date | None = None
    until: date | None = None


def trail() -> QuerySet[Event]:
    """Everything that is for staff eyes, and whatever anybody did who is or was of the team. The newest first."""
    of_the_team = Exists(Grant.objects.filter(person=OuterRef("actor"), role__in=STAFF_ROLES))
    deeds = Event.objects.filter(Q(verb__in=STAFF) | of_the_team)
    return deeds.select_related("actor", "subject_type").order_by("-pk")


def narrowed(events: QuerySet[Event], filters: Filters) -> QuerySet[Event]:
    """Only what is looked for."""
    kind, _colon, number = filters.subject.strip().lstrip("#").partition(":")
    conditions: list[tuple[Any, Q]] = [
        (filters.person, Q(actor__username_key=filters.person.strip().casefold())),
        (filters.verb, Q(verb=filters.verb)),
        (filters.since, Q(created_at__date__gte=filters.since)),
        (filters.until, Q(created_at__date__lte=filters.until)),
        (filters.subject, Q(subject_type__model=kind.lower())),
        (_is_number(number), Q(subject_id=number)),
    ]
    for is_asked, condition in conditions:
        if is_asked:
            events = events.filter(condition)
    return events


def page_of(events: QuerySet[Event], before: str) -> tuple[list[Event], int | None]:
    """One page by key, and the number before which the next begins."""
    if _is_number(before):
        events = events.filter(pk__lt=int(before))
    page = list(events.prefetch_related("subject")[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18
