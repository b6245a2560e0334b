"""Whose mails are looked at, and when: a row for each person with something waiting, and a job that takes turns."""

from collections.abc import Collection
from datetime import datetime

from procrastinate.contrib.django import app

from community.notifications.models import Turn

ROUND = "community.notifications.rounds.write_due_mails"


def take_turns(people: Collection[int], moment: datetime) -> None:
    """Look at these people's mails at a moment; a job comes with it. In the caller's transaction."""
    if not people:
        return
    turns = [Turn(person_id=pk, due_at=moment) for pk in sorted(set(people))]
    Turn.objects.bulk_create(turns, update_conflicts=True, unique_fields=["person"], update_fields=["due_at"])
    next_round()


def next_round() -> None:
    """A job for whoever is due; mails that are ready to go come before it."""
    app.configure_task(ROUND, queue="mail", priority=-1).defer(timestamp=0)
