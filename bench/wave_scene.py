"""The people and threads of the spam wave, and what their database says of it."""

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from community.catalogue.models import Brand, Product
from community.notifications.models import EmailDelivery
from community.people.joining import confirm_address
from community.people.models import Person
from forums.questions.models import Question
from forums.threads.models import Post
from moderation.decisions.models import StatementOfReasons
from moderation.waves.models import Wave

SPAM = "miracle cable"


@dataclass
class Scene:
    """Who is there. People are cookies; threads are numbers."""

    spammers: list[str]
    members: list[str]
    threads: list[int]
    pages: list[str]

    @classmethod
    def make(cls, accounts: int, honest: int, questions: int) -> "Scene":
        """New people and threads for each run."""
        run = f"{int(time.time()):x}"
        brand, _new = Brand.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
        product, _new = Product.objects.get_or_create(slug="bench-one", defaults={"name": "Bench One", "brand": brand})
        members = [person(f"helper-{run}-{n}", level=2) for n in range(honest)]
        asked = []
        for n in range(questions):
            title = f"Question {n} of run {run}: it stops in the middle"
            source = f"Since yesterday number {n} stops in the middle of a song, with each of my phones."
            by = members[n % honest]
            asked.append(Question.objects.ask(by=by, title=title, source=source, product=product))
        spammers = [person(f"spammer-{run}-{n}") for n in range(accounts)]
        pages = [row.get_absolute_url() for row in asked]
        return cls(list(map(cookies, spammers)), list(map(cookies, members)), [row.thread_id for row in asked], pages)

    def look(self) -> tuple[int, bool]:
        """How much spam can be seen, and whether the alarm was raised."""
        try:
            return seen().count(), Wave.objects.going_on().exists()
        finally:
            connection.close()

    def until_delivered(self, seconds: float) -> None:
        """Until the worker has brought every event to whoever cares."""
        end = time.monotonic() + seconds
        try:
            while (
                time.monotonic() < end and ProcrastinateJob.objects.filter(queue_name="events", status="todo").exists()
            ):
                time.sleep(1)
        finally:
            connection.close()

    def facts(self) -> dict[str, Any]:
        """What is there in the end."""
        return {
            "seen": seen().count(),
            "mails": EmailDelivery.objects.filter(text__icontains=SPAM).exclude(state="dropped").count(),
            "statements": StatementOfReasons.objects.filter(is_made_by_machine=True).count(),
            "honest": Post.objects.visible_to(None).filter(source__startswith="Number ").count(),
        }


def seen() -> Any:
    """Spam that everybody can read."""
    return Post.objects.visible_to(None).filter(source__icontains=SPAM)


def person(name: str, **fields: Any) -> Person:
    made: Person = Person.objects.create_user(name, f"{name}@bench.example", None, **fields)
    confirm_address(made)
    return made


def cookies(who: Person) -> str:
    """A session of theirs, as a browser sends it."""
    client = Client()
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
