"""The demo's stage: what its people did, each at its own time, told through the verbs that everybody uses.

A builder (`settings.DEMO_BUILDERS`) has `build(stage)`, which plans acts, and `remove()`, which takes them away again.
The acts of all builders are done in the order of their times, with the clock set back, so that ages, pace limits,
queues and timelines are what they would be had the year really passed.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.db import connection, models, transaction
from django.db.models import Max
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from community.events.causes import because_of
from community.events.models import Event
from community.events.recording import told_to
from community.events.subscribing import pressing

REMEMBERED = timedelta(days=9)
"""What is older has left no traces in queues and trays, so nobody is told of it."""
AFTER_ALL = 1_000_000
Act = Callable[[], Any]


def delete_unneeded(rows: models.QuerySet[Any]) -> set[int]:
    """Delete what nothing protects any more. Answers which rows stay, because somebody else's matter names them."""
    needed: set[int] = set()
    while True:
        try:
            with transaction.atomic():
                rows.exclude(pk__in=needed).delete()
                return needed
        except models.ProtectedError as error:
            held = {pk for row in error.protected_objects for pk in named_by(row, rows.model)}
            if held <= needed:
                raise
            needed |= held


def named_by(row: Any, model: type[models.Model]) -> set[int]:
    """Which rows of a model a row names."""
    names = [field.attname for field in row._meta.concrete_fields if field.related_model is model]
    return {getattr(row, name) for name in names} - {None}


@dataclass
class Stage:
    """Who is there, and what is still to happen."""

    now: datetime = field(default_factory=timezone.now)
    people: dict[str, Any] = field(default_factory=dict)
    props: dict[str, Any] = field(default_factory=dict)
    acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    holding: list[AbstractContextManager[Any]] = field(default_factory=list)

    def at(self, moment: datetime, act: Act) -> None:
        """Plan an act. One planned for the future happens a minute ago."""
        self.acts.append((min(moment, self.latest), len(self.acts), act))

    def in_the_end(self, act: Act) -> None:
        """Plan what sums the year up."""
        self.acts.append((self.latest, AFTER_ALL + len(self.acts), act))

    def during(self, held: AbstractContextManager[Any]) -> None:
        """Plan what holds while all acts are done."""
        self.holding.append(held)

    @property
    def latest(self) -> datetime:
        return self.now - timedelta(minutes=1)

    def play(self, tell: Callable[[int, int], None]) -> None:
        """Do all acts in the order of their times, and deliver what they recorded before the next one."""
        first_job = newest_job() + 1
        with ExitStack() as holding:
            for held in self.holding:
                holding.enter_context(held)
            self.do_all(tell)
        drop_jobs(first_job)

    def do_all(self, tell: Callable[[int, int], None]) -> None:
        total = len(self.acts)
        for number, (moment, _, act) in enumerate(sorted(self.acts, key=lambda planned: planned[:2]), 1):
            with time_machine.travel(moment, tick=True), savepoints(False):
                self.do(act, is_remembered=self.now - moment < REMEMBERED)
            connection.run_on_commit.clear()  # nobody listens to what happened a year ago
            if number % 10 == 0:
                tell(number, total)
            if number in (100, 400):
                know_the_sizes()

    def do(self, act: Act, *, is_remembered: bool) -> None:
        heard: list[Event] = []
        with told_to(heard.append if is_remembered else forget):
            act()
            for event in heard:  # it grows: whoever hears of one may do what is worth another
                for subscriber in pressing(event.verb):
                    with because_of(event):
                        subscriber(event)


def forget(event: Event) -> None:
    """It happened long ago: it is written down, and nobody is told."""


@contextmanager
def savepoints(wanted: bool) -> Iterator[None]:
    """Whether a verb that fails can be taken back by itself.

    The demo is one transaction in which nothing fails, so it does without: a fifth of what it says to the database
    would be about savepoints. An act in which somebody is refused asks for them.
    """
    before = connection.features.uses_savepoints
    connection.features.uses_savepoints = wanted
    try:
        yield
    finally:
        connection.features.uses_savepoints = before


def know_the_sizes() -> None:
    """Let the planner count the rows of this transaction. It takes the tables to be empty, and plans for that."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def newest_job() -> int:
    return ProcrastinateJob.objects.aggregate(newest=Max("id"))["newest"] or 0


def drop_jobs(first: int) -> None:
    """What the verbs left to the worker, such as mails of long ago, is not done. What a running worker does by the
    clock, and has noted meanwhile, says for which moment."""
    left = ProcrastinateJob.objects.filter(status="todo", id__gte=first).exclude(args__timestamp__gt=0)
    with app.connector.connection.cursor() as cursor:  # type: ignore[attr-defined]  # its model cannot be deleted from
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [list(left.values_list("id", flat=True))])


def span(words: str) -> timedelta:
    """A length of time as the demo's texts write it: "2d3h", "40m", "0d0h38m"."""
    units = {"d": "days", "h": "hours", "m": "minutes"}
    lengths: dict[str, int] = {}
    number = ""
    for letter in words:
        if letter.isdigit():
            number += letter
        else:
            lengths[units[letter]], number = int(number), ""
    return timedelta(**lengths)
