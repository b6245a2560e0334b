"""The week that has passed, told again by the settings as they stand in a form: how many mails would have come?

What somebody was told is known from their notifications. What happened in places that they have begun to watch since is
known to the wing that has those places: it registers a function with `@replays` that answers what would have reached a
person, by the events of that time and the levels of today.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from community.notifications.kinds import KINDS
from community.notifications.models import Level, Notification
from community.notifications.planning import Pace, Waiting, mails_of
from community.notifications.preferences import Wish
from community.notifications.watched import level_of

WEEK, MOST = timedelta(days=7), 2000


@dataclass(frozen=True)
class Happening:
    """Something of which a person would have been told."""

    event: int
    at: datetime
    kind: str
    chain: str
    is_tracked: bool = False


Replay = Callable[[Any, datetime], Iterable[Happening]]
_replays: list[Replay] = []


def replays(function: Replay) -> Replay:
    """Register what answers the happenings of a wing since a moment for a person."""
    _replays.append(function)
    return function


@dataclass(frozen=True)
class Preview:
    """What last week would have been."""

    mails: int
    events: int


def last_week(person: Any, wishes: Iterable[Wish], pace: Pace) -> Preview:
    """The mails that this person would have had, had these been their settings."""
    now = timezone.now()
    wanted = {wish.kind.key: wish for wish in wishes}
    told = list(Notification.objects.filter(person=person, created_at__gt=now - WEEK, gone_at=None)[:MOST])
    known = {row.event_id for row in told}
    levels = {cause: level_of(person, cause) for cause in {row.cause for row in told}}
    rows = [row for one in told if (row := _told(one, wanted, levels[one.cause]))]
    for function in _replays:
        for one in function(person, now - WEEK):
            if one.event not in known and one.kind in wanted:
                rows.append(_waiting(-one.event, one.at, one.chain, wanted[one.kind], one.is_tracked))
    rows = [row for row in rows if row.way][:MOST]
    return Preview(sum(1 for _mail in mails_of(rows, pace, now)), len(rows))


def _told(row: Notification, wanted: dict[str, Wish], level: str) -> Waiting | None:
    if row.kind not in wanted or level == Level.MUTE:
        return None
    is_tracked = level == Level.TRACK
    return _waiting(row.pk, row.created_at, row.chain, wanted[row.kind], is_tracked, row.read_at)


def _waiting(
    key: int, at: datetime, chain: str, wish: Wish, is_tracked: bool, read_at: datetime | None = None
) -> Waiting:
    return Waiting(key, at, chain, wish.way(is_tracked), KINDS[wish.kind.key].is_own, read_at)
