"""What a notification is about may have gone out of sight since: then no mail brings it, and the tray forgets it.

Each wing says of its own models what everybody can still see: `@still_seen("threads.post")` on a function that gets ids
and answers those that may be told of.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils import timezone

from community.events.models import Event
from community.notifications.badges import show_badges
from community.notifications.folding import fold
from community.notifications.kinds import OWN
from community.notifications.models import EmailDelivery, Notification
from community.notifications.turns import take_turns

Seen = Callable[[Collection[int]], Collection[int]]
_seen: dict[str, Seen] = {}


def still_seen(label: str) -> Callable[[Seen], Seen]:
    """Register who knows what can still be seen of a model ("app.model")."""

    def register(function: Seen) -> Seen:
        _seen[label] = function
        return function

    return register


def drop_what_is_gone(rows: list[Notification]) -> list[Notification]:
    """The rows whose matter can still be seen; the others are taken out of the tray as well."""
    about: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.event and row.kind not in OWN:
            about[row.event.subject_type_id].add(row.event.subject_id)
    gone = {(kind, pk) for kind, ids in about.items() for pk in ids - _left(kind, ids)}
    lost = [row.pk for row in rows if row.event and (row.event.subject_type_id, row.event.subject_id) in gone]
    if lost:
        _put_away(Notification.objects.filter(pk__in=lost))
    return [row for row in rows if row.pk not in lost]


def _left(kind: int, ids: set[int]) -> set[int]:
    label = ".".join(ContentType.objects.get_for_id(kind).natural_key())
    return set(_seen[label](ids)) if label in _seen else ids


def take_back(model: type[Model], ids: Collection[int]) -> None:
    """These went out of sight: nobody is told of them any longer, in the tray or by a mail that has not left.

    What people were told about their own case stays.
    """
    _put_away(_told_of(model, ids).filter(gone_at__isnull=True))


def take_back_of(events: QuerySet[Event]) -> None:
    """What these events told did not happen after all: nobody is told of it, of their own case neither."""
    _put_away(Notification.objects.filter(event__in=events, gone_at__isnull=True))


def bring_back(model: type[Model], ids: Collection[int]) -> None:
    """They can be seen again: so can the lines in trays, and mails that were dropped a short time ago are sent."""
    rows = _told_of(model, ids).filter(gone_at__isnull=False)
    told = _facts(rows)
    EmailDelivery.objects.filter(pk__in={mail for _person, _chain, mail in told if mail}).take_up_again()
    rows.update(gone_at=None)
    _tidy(told)
    take_turns({person for person, _chain, _mail in told}, timezone.now())


def _told_of(model: type[Model], ids: Collection[int]) -> QuerySet[Notification]:
    """By their events' keys: an update with a join is planned as a search of the table within itself."""
    kind = ContentType.objects.get_for_model(model)
    events = Event.objects.filter(subject_type=kind, subject_id__in=ids).values_list("pk", flat=True)
    return Notification.objects.filter(event__in=list(events)).exclude(kind__in=OWN)


def _put_away(rows: QuerySet[Notification]) -> None:
    told = _facts(rows)
    mails: Any = EmailDelivery.objects.waiting().filter(pk__in={mail for _person, _chain, mail in told if mail})
    rows.update(gone_at=timezone.now(), folded_into=None)
    beside = Notification.objects.filter(mail__in=mails, gone_at__isnull=True)
    take_turns(list(beside.values_list("person", flat=True)), timezone.now())
    beside.update(mailed_at=None, mail=None)  # what the mail said besides is mailed again, by itself
    mails.drop()
    _tidy(told)


def _facts(rows: QuerySet[Notification]) -> list[tuple[int, str, int | None]]:
    return list(rows.values_list("person", "chain", "mail"))


def _tidy(told: list[tuple[int, str, int | None]]) -> None:
    for chain in {chain for _person, chain, _mail in told}:
        fold(chain, {person for person, other, _mail in told if other == chain})
    show_badges({person for person, _chain, _mail in told})
