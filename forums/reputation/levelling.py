"""The run of the levels: who meets what a level asks for goes up and is told; who no longer does has time first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.live.purging import purge
from community.people.models import Person
from forums.reputation.bars import Asked, Measured, reached
from forums.reputation.measuring import everybody_measured
from forums.reputation.models import Grace, LevelChange, LevelPlan
from forums.reputation.models.levels import asked_now


@dataclass
class Run:
    """What one run did, by name."""

    raised: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    lowered: list[str] = field(default_factory=list)


@transaction.atomic
def run_levels() -> Run:
    """Bring everybody's level in line with the plan in force. Repeating it changes nothing."""
    now, run = timezone.now(), Run()
    plan, bars, grace_days = asked_now(now)
    graces = {grace.person_id: grace for grace in Grace.objects.filter(closed_at__isnull=True).select_for_update()}
    for person, facts in everybody_measured(now):
        earned, grace = reached(facts, bars), graces.get(person.pk)
        if earned >= person.level and grace:
            keep(person, grace, now)
            run.kept.append(person.username)
        if earned > person.level:
            move(person, earned, facts, plan)
            run.raised.append(person.username)
        elif earned < person.level and grace is None:
            warn(person, now + timedelta(days=grace_days))
            run.warned.append(person.username)
        elif earned < person.level and grace and grace.ends_at <= now:
            grace.close(now)
            move(person, earned, facts, plan)
            run.lowered.append(person.username)
    return run


def move(person: Person, to: int, facts: Measured, plan: LevelPlan | None) -> None:
    """To another level, with a line of history; their page says so at once."""
    before, person.level = person.level, to
    person.save(update_fields=["level"])
    change = LevelChange.objects.create(
        person=person, before=before, after=to, points=facts.points, helped=facts.helped, people=facts.people, plan=plan
    )
    purge("people", f"person-{person.pk}")
    verb = Verb.LEVEL_RAISED if change.is_up else Verb.LEVEL_LOWERED
    record(verb, actor=None, subject=person, before=before, after=to)


def warn(person: Person, ends_at: datetime) -> None:
    """They no longer meet what their level asks for, and have until then to make up for it."""
    Grace.objects.create(person=person, level=person.level, ends_at=ends_at)
    record(Verb.LEVEL_AT_RISK, actor=None, subject=person, level=person.level, until=ends_at.isoformat())


def keep(person: Person, grace: Grace, at: datetime) -> None:
    """They meet it again: the level stays."""
    grace.close(at)
    record(Verb.LEVEL_KEPT, actor=None, subject=person, level=person.level)


@dataclass(frozen=True)
class Moved:
    """Somebody who would move."""

    person: Person
    to: int


@dataclass(frozen=True)
class Simulation:
    """Who would go up and down if this were asked now."""

    up: list[Moved]
    down: list[Moved]

    @property
    def shown_up(self) -> list[Moved]:
        return self.up[:SAMPLE]

    @property
    def shown_down(self) -> list[Moved]:
        return self.down[:SAMPLE]


SAMPLE = 12


def simulate(bars: Sequence[Asked]) -> Simulation:
    """Nothing is changed: everybody's facts are held against other bars than those in force."""
    found = [(person, reached(facts, bars)) for person, facts in everybody_measured(timezone.now())]
    up = [Moved(person, to) for person, to in found if to > person.level]
    down = [Moved(person, to) for person, to in found if to < person.level]
    return Simulation(up, down)
