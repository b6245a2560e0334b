"""Trying an automation before it is kept: which matters of thirty days it would have met. Nothing is done."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from community.events.models import Event
from moderation.automation.conditions import all_hold
from moderation.automation.matters import Matter
from moderation.automation.models import Automation
from moderation.automation.subscribers import is_anybodys
from moderation.automation.triggers import TRIGGERS
from moderation.rules.trying import BACK, WITHIN

SHOWN = 20
HOUR = timedelta(hours=1)


@dataclass
class Tried:
    """What came of it: how many of how many, the newest of them, and the busiest hour."""

    looked_at: int = 0
    found: list[Matter] = field(default_factory=list)
    is_whole: bool = True

    @property
    def count(self) -> int:
        return len(self.found)

    @property
    def newest(self) -> list[Matter]:
        return self.found[:SHOWN]

    @property
    def busiest(self) -> int:
        """The most within one hour: the bound should be above it."""
        times = sorted(matter.at for matter in self.found)
        return max((sum(1 for other in times if at <= other < at + HOUR) for at in times), default=0)


def try_out(automation: Automation) -> Tried:
    """Look through what has been, as far as there is time."""
    tried, ends = Tried(), time.monotonic() + WITHIN
    for matter in past(automation):
        if time.monotonic() > ends:
            tried.is_whole = False
            break
        tried.looked_at += 1
        if all_hold(automation.conditions, matter):
            tried.found.append(matter)
    tried.found.sort(key=lambda matter: matter.at, reverse=True)
    return tried


def past(automation: Automation) -> Iterator[Matter]:
    """Everything that would have begun it, the newest first; each once."""
    trigger, since = TRIGGERS[automation.trigger], timezone.now() - BACK
    if trigger.due is not None:
        yield from trigger.due(automation.hours, since, timezone.now())
        return
    seen: set[tuple[str, int]] = set()
    for event in Event.objects.filter(verb__in=trigger.verbs, created_at__gt=since).order_by("-pk"):
        matter = trigger.brings(event) if trigger.brings and is_anybodys(event) else None
        if matter is None or matter.subject is None:
            continue
        about = (type(matter.subject).__name__, matter.subject.pk)
        if about not in seen:
            seen.add(about)
            yield matter
