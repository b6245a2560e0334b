"""Whose mails are looked at, and when: a row for each person with something waiting, and a job that takes turns."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from procrastinate.contrib.django import app

from community.deferring import put_off

ROUND = "community.notifications.rounds.write_due_mails"
TAKE = """
    INSERT INTO notifications_turn (person_id, due_at) SELECT person, %s FROM unnest(%s::bigint[]) AS person
    ON CONFLICT (person_id) DO UPDATE SET due_at = excluded.due_at
"""


def take_turns(people: Collection[int], moment: datetime) -> None:
    """Look at these people's mails at a moment; a job comes with it. In the caller's transaction."""
    if not people:
        return
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [moment, sorted(set(people))])
    next_round()


def next_round() -> None:
    """A job for whoever is due; mails that are ready to go come before it."""
    put_off(app.configure_task(ROUND, queue="mail", priority=-1), timestamp=0)
