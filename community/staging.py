"""The demo's stage: what its people did, each at its own time, told through the verbs that everybody uses.

A builder (`settings.DEMO_BUILDERS`) has `build(stage)`, which plans acts, and `remove()`, which takes them away again.
The acts of all builders are done in the order of their times, with the clock set back, so that ages, pace limits,
queues and timelines are what they would be had the year really passed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from community.events.recording import history

REMEMBERED = timedelta(days=9)
"""What is older has left no traces in queues and trays, so nobody is told of it."""
Act = Callable[[], Any]


@dataclass
class Stage:
    """Who is there, and what is still to happen."""

    now: datetime = field(default_factory=timezone.now)
    people: dict[str, Any] = field(default_factory=dict)
    props: dict[str, Any] = field(default_factory=dict)
    acts: list[tuple[datetime, int, Act]] = field(default_factory=list)

    def at(self, moment: datetime, act: Act) -> None:
        """Plan an act. One planned for the future happens a minute ago."""
        latest = self.now - timedelta(minutes=1)
        self.acts.append((min(moment, latest), len(self.acts), act))

    def play(self, tell: Callable[[int, int], None]) -> None:
        """Do all acts in the order of their times, and deliver what they recorded before the next one."""
        total = len(self.acts)
        for number, (moment, _, act) in enumerate(sorted(self.acts, key=lambda planned: planned[:2]), 1):
            with time_machine.travel(moment, tick=True):
                self.do(act, is_remembered=self.now - moment < REMEMBERED)
            connection.run_on_commit.clear()  # nobody listens to what happened a year ago
            if number % 10 == 0:
                tell(number, total)
            if number % 100 == 0:
                know_the_sizes()

    def do(self, act: Act, *, is_remembered: bool) -> None:
        if is_remembered:
            act()
            deliver_now()
        else:
            with history():
                act()


def know_the_sizes() -> None:
    """Let the planner count the rows of this transaction. It takes the tables to be empty, and plans for that."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def deliver_now() -> None:
    """Bring recorded events to their subscribers at once; other jobs, such as mails of long ago, are dropped."""
    by_the_clock = {name for name, _number in app.periodic_registry.periodic_tasks}  # the running worker's own
    jobs = ProcrastinateJob.objects.filter(status="todo").exclude(task_name__in=by_the_clock).order_by("id")
    while waiting := list(jobs.values_list("id", "task_name", "args")):
        with app.connector.connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [[job_id for job_id, _, _ in waiting]])
        for _, name, arguments in waiting:
            if name == "community.events.tasks.deliver":
                app.tasks[name](**arguments)


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
