"""A day in the community: the clock is set, people write, and the worker takes its turns."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine

from community.notifications.models import EmailDelivery, Rhythm
from community.notifications.rounds import write_due_mails
from forums.questions.models import Question
from tests.cast import Cast
from tests.jobs import work

BERLIN = ZoneInfo("Europe/Berlin")
SUBJECTS = ["battery", "left ear", "microphone", "charger", "equaliser", "headband", "app", "noise", "cable", "button"]


def at(day: str, clock: str, zone: ZoneInfo = BERLIN) -> datetime:
    """A moment on somebody's clock."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone)


@contextmanager
def moment(when: datetime):
    """The clock stands here; at the end the worker has done what was due."""
    with time_machine.travel(when, tick=False):
        yield
        turn()


def turn() -> None:
    """The worker's minute: deliveries, the round of mails, and the mails themselves."""
    work()
    write_due_mails(0)
    work()


def pass_hours(begin: datetime, end: datetime, every: timedelta = timedelta(minutes=30)) -> None:
    """Time goes by, and nobody writes anything."""
    while begin <= end:
        with moment(begin):
            pass
        begin += every


def paced(person, **fields) -> Rhythm:
    """The person's choice in the settings, without quiet hours unless said."""
    return Rhythm.objects.update_or_create(person=person, defaults={"daily_cap": 5} | fields)[0]


def asks(cast: Cast, number: int, by=None, **fields) -> Question:
    """One of many questions about Beam 2, each by somebody else."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    fields = {"product": cast.beam2, **fields}
    return Question.objects.ask(
        by=by or cast.person(f"asker{number}"),
        title=f"Trouble number {number} with the {subject}",
        source=f"The {subject} of my Beam 2 does something strange since morning number {number}, why?",
        **fields,
    )


def mails_to(person, **fields) -> list[EmailDelivery]:
    """Every mail about notifications that was written for somebody, the oldest first."""
    return list(EmailDelivery.objects.filter(person=person, **fields).exclude(kind="").order_by("pk"))
