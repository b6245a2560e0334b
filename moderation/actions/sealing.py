"""Sealing the audit log, and finding out whether somebody has changed it.

Each seal is a keyed hash over an event and the seal before it: whoever changes, adds or removes a row in the database
breaks the chain at that place, and cannot mend it without the key. The worker seals, once a minute and in the order in
which it finds events: a request that posts an answer neither waits for a lock nor writes a second row, and two
transactions that end in another order than they began are both sealed. Only what staff did, and what is for staff
eyes, is sealed: the rest of the table is what everybody can see on the pages anyway.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from community.events.audiences import STAFF
from community.events.covering import as_sealed
from community.events.models import Event
from community.people.models import Person
from moderation.actions.closing import beginning
from moderation.actions.models import Seal
from moderation.actions.trail import trail

BATCH = 2_000
LOOK_BACK = 20_000
"""Events that may still be unsealed before the last sealed one: those of transactions that took long."""
SEALED_WITHIN = timedelta(minutes=15)
LOCK = 7_411_002


@dataclass(frozen=True)
class Fault:
    """A place where the log is not what it was."""

    number: int
    event: int
    sentence: str


def seal_events() -> int:
    """Seal what is new. One process at a time; another one goes away. Answers how many were sealed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        last = Seal.objects.order_by("-number").first()
        before = last or beginning()
        number, digest = before.number, before.digest
        seals = []
        for event in unsealed()[:BATCH]:
            number, digest = number + 1, digest_of(event, event.actor_id, number + 1, digest)
            seals.append(Seal(number=number, event=event.pk, actor=event.actor_id, digest=digest))
        Seal.objects.bulk_create(seals)
    return len(seals)


def unsealed() -> QuerySet[Event]:
    """Events of staff without a seal, the oldest first."""
    newest = Seal.objects.order_by("-event").values_list("event", flat=True).first() or 0
    recent = Event.objects.filter(pk__gt=newest - LOOK_BACK)
    sealed = Seal.objects.filter(event__gt=newest - LOOK_BACK).values("event")
    recent = recent.filter(pk__gt=beginning().event)
    return trail().filter(pk__in=recent.exclude(pk__in=sealed).values("pk")).select_related(None).order_by("pk")


def digest_of(event: Event, actor: int | None, number: int, before: str) -> str:
    """The keyed hash of one event at its place."""
    facts = [
        number, before, event.pk, event.verb, actor, event.subject_type_id, event.subject_id,
        as_sealed(event.details), event.request_id, event.created_at.isoformat(),
    ]  # fmt: skip
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    key = hashlib.sha256(f"audit {settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def faults() -> Iterator[Fault]:
    """Every place where the chain does not hold, from its beginning on."""
    begun = beginning()
    if begun.fault:
        yield Fault(begun.number, begun.event, begun.fault)
    before, expected = begun.digest, begun.number + 1
    start = 0
    while batch := list(Seal.objects.filter(number__gt=start).order_by("number")[:BATCH]):
        events = Event.objects.in_bulk([seal.event for seal in batch])
        for seal in batch:
            if seal.number != expected:
                yield Fault(expected, seal.event, f"seals {expected} to {seal.number - 1} are missing")
            yield from faults_of(seal, events.get(seal.event), before)
            before, expected = seal.digest, seal.number + 1
        start = batch[-1].number
    yield from never_sealed()


def faults_of(seal: Seal, event: Event | None, before: str) -> Iterator[Fault]:
    """What is wrong at one place."""
    if event is None:
        yield Fault(seal.number, seal.event, "the event was deleted")
    elif digest_of(event, seal.actor, seal.number, before) != seal.digest:
        yield Fault(seal.number, seal.event, "the event or its seal was changed")
    elif event.actor_id != seal.actor and (event.actor_id or Person.objects.filter(pk=seal.actor).exists()):
        yield Fault(seal.number, seal.event, "somebody else is named as its actor")


def never_sealed() -> Iterator[Fault]:
    """Events for staff eyes that should have been sealed long ago: put in afterwards, or their seals are gone."""
    old = timezone.now() - SEALED_WITHIN
    sealed = Seal.objects.values("event")
    for event in Event.objects.filter(verb__in=STAFF, created_at__lt=old).exclude(pk__in=sealed).order_by("pk")[:100]:
        yield Fault(0, event.pk, "it was never sealed")


def head() -> Seal | None:
    """The last seal: written down elsewhere, it shows later that nothing was cut off at the end."""
    return Seal.objects.order_by("-number").first()
