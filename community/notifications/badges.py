"""The number on the bell, on every open page of its owner."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.db.models import QuerySet

from community.live.broadcasting import broadcast
from community.notifications.models import Notification
from community.people.models import Person
from community.prepared import Prepared

BADGE = "community/notifications/_badge.html"


def show_badge(person: Person) -> None:
    """Every open page of the person shows the number of unread notifications."""
    broadcast(f"tray:{person.pk}", BADGE, lambda: {"unread": unread_count(person)})


def show_badges(people: Collection[int]) -> None:
    """The same for many people; only those with a page open are counted."""
    for pk in people:
        broadcast(f"tray:{pk}", BADGE, partial(_badge, pk))


def _badge(person: int) -> dict[str, Any]:
    return {"unread": len(prepared.rows(person=person))}


def waiting(person: int) -> QuerySet[Notification, tuple[Any, ...]]:
    """What somebody has not read, up to a hundred: of which threads."""
    rows = Notification.objects.filter(person=person, in_tray=True, gone_at__isnull=True).unread()
    return rows.order_by("-pk").values_list("chain")[:100]


prepared = Prepared(waiting, person=int)


def unread_count(person: Person) -> int:
    """How many notifications wait; counted up to a hundred."""
    return len(prepared.rows(person=person.pk))


def read_chain(request: Any, chain: str) -> None:
    """Somebody looks at a thread: what they were told of it is read. Asks nothing that the bell would not ask."""
    waiting = [found for (found,) in prepared.rows(person=request.user.pk)]
    request.unread_count = len(waiting)
    if chain in waiting:
        Notification.objects.visible_to(request.user).filter(chain=chain).mark_read()
        request.unread_count = unread_count(request.user)
        show_badge(request.user)
