"""The people and threads of the spam wave, and what their database says of it.

The accounts are those that limits of new members do not stop: they joined a week ago and reached level 1. Every other
one of them has even said something decent, so that crisis mode takes it for nobody's first post. What is left against
them is what a wave has to meet: alarm, marks at the gate, the score, hiding.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from bench.wave_texts import OFFERS, earlier
from community.catalogue.models import Brand, Product
from community.notifications.models import EmailDelivery
from community.people.joining import confirm_address
from community.people.models import Grant, Person
from community.people.roles import Role
from forums.questions.models import Question
from forums.threads.models import Hiding, Post
from forums.threads.replying import answer
from moderation.decisions.deciding import Wanted, decide
from moderation.decisions.models import StatementOfReasons
from moderation.flags.models import Case, HouseRule
from moderation.learning.training import learn
from moderation.waves.models import Wave

BEFORE = timedelta(days=8)
LEVELS = (2, 3, 4)
HEARD = (
    "Take the battery out of speaker number {n} for a minute, then pair it once more.",
    "With firmware of last month number {n} of mine does the same; going back to the one before helped.",
    "Have you tried the other socket? For my number {n} that was all.",
)
TOLD_OF = Q()
for _offer in OFFERS:
    TOLD_OF |= Q(text__icontains=_offer.name)


@dataclass
class Scene:
    """Who is there. People are cookies; threads are numbers."""

    spammers: list[str]
    members: list[str]
    threads: list[int]
    pages: list[str]
    run: str

    @classmethod
    def make(cls, accounts: int, honest: int, questions: int) -> "Scene":
        """New people and threads for each run, eight days of them."""
        run = f"{int(time.time()):x}"
        with time_machine.travel(timezone.now() - BEFORE, tick=True):
            asked, members = community(run, honest, questions)
            spammers = [person(f"spammer-{run}-{n}", level=1) for n in range(accounts)]
            for n, who in enumerate(spammers[::2]):
                answer(asked[n % questions].thread, by=who, source=HEARD[n % len(HEARD)].format(n=n))
            take_for_spam(run, asked)
        learn()
        pages = [row.get_absolute_url() for row in asked]
        threads = [row.thread_id for row in asked]
        return cls(list(map(cookies, spammers)), list(map(cookies, members)), threads, pages, run)

    def look(self) -> tuple[int, bool]:
        """How much spam can be seen, and whether the alarm was raised."""
        try:
            return self.sent().visible_to(None).count(), Wave.objects.filter(kind=Wave.Kind.POSTS).exists()
        finally:
            connection.close()

    def sent(self) -> Any:
        """What came in of it, seen or not."""
        return Post.objects.filter(author__username__startswith=f"spammer-{self.run}-", created_at__gt=self.began())

    def began(self) -> datetime:
        """After all that was said before."""
        return timezone.now() - BEFORE + timedelta(days=1)

    def in_sight(self) -> list[float]:
        """Of each that could be seen at all: for how many seconds after the first alarm. Endless, where it still is."""
        alarm = Wave.objects.filter(kind=Wave.Kind.POSTS).earliest("started_at").started_at
        hidden = Hiding.objects.filter(post__in=self.sent()).values_list("created_at", "post__created_at")
        seen = [max(0.0, (gone - max(alarm, came)).total_seconds()) for gone, came in hidden]
        return seen + [float("inf")] * self.sent().visible_to(None).count()

    def until_delivered(self, seconds: float) -> None:
        """Until the worker has brought every event to whoever cares."""
        end = time.monotonic() + seconds
        waiting = ProcrastinateJob.objects.filter(queue_name="events", status="todo")
        try:
            while time.monotonic() < end and waiting.exists():
                time.sleep(1)
        finally:
            connection.close()

    def facts(self) -> dict[str, Any]:
        """What is there in the end."""
        sent, seen = self.sent(), self.in_sight()
        held = sent.filter(is_hidden=True, hiding__isnull=True).count()
        scored = Case.objects.filter(findings__rule="learned:spam", subject_id__in=sent.values("pk"))
        mails = EmailDelivery.objects.filter(TOLD_OF).exclude(kind__in=["team", "statement"]).exclude(state="dropped")
        return {
            "came in, of them held by the gate, hidden later": f"{sent.count()}, {held}, {len(seen)}",
            "pointed out by the score": scored.values("subject_id").distinct().count(),
            "alarms": Wave.objects.filter(kind=Wave.Kind.POSTS).count(),
            "seen at the end": sent.visible_to(None).count(),
            "longest": max(seen, default=0.0),
            "mails": mails.count(),
            "statements": StatementOfReasons.objects.filter(is_made_by_machine=True).count(),
            "honest": Post.objects.visible_to(None).filter(source__startswith="Number ").count(),
        }


def community(run: str, honest: int, questions: int) -> tuple[list[Question], list[Person]]:
    """Members of the levels that notice nothing of a wave, and what they ask."""
    brand, _new = Brand.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    product, _new = Product.objects.get_or_create(slug="bench-one", defaults={"name": "Bench One", "brand": brand})
    members = [person(f"helper-{run}-{n}", level=LEVELS[n % len(LEVELS)]) for n in range(honest)]
    asked = []
    for n in range(questions):
        title = f"Question {n} of run {run}: it stops in the middle"
        source = f"Since yesterday number {n} stops in the middle of a song, with each of my phones."
        asked.append(Question.objects.ask(by=members[n % honest], title=title, source=source, product=product))
    return asked, members


def take_for_spam(run: str, asked: list[Question]) -> None:
    """A moderator decided on spam before, one by one: from this the score has learned."""
    manager = person(f"manager-{run}", level=2)
    Grant.objects.create(person=manager, role=Role.COMMUNITY_MANAGER, reason="bench")
    rule = HouseRule.objects.get(slug="spam")
    for n, text in enumerate(earlier(24)):
        post = answer(asked[n % len(asked)].thread, by=person(f"seller-{run}-{n}", level=1), source=text)
        case = Case.objects.open_about(post, by=manager, origin=Case.Origin.STAFF)
        decide(case, Wanted(Case.Outcome.ACTED, {"hide": {}}, rule, "It sells something."), by=manager)


def person(name: str, **fields: Any) -> Person:
    made: Person = Person.objects.create_user(name, f"{name}@bench.example", None, **fields)
    confirm_address(made)
    return made


def cookies(who: Person) -> str:
    """A session of theirs, as a browser sends it."""
    client = Client()
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
