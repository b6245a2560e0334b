"""Messages on their way to devices: a row for each device, a job for each row, tried again for a day.

What holds for mails holds here: quiet hours, what is new in one thread told as one, a number a day, what new members
wrote waits a moment, nothing that was read or taken back meanwhile. A device that its push service has given up is
forgotten.
"""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import httpx
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from community.events.models import Event
from community.notifications.kinds import KINDS, OWN
from community.notifications.models import Device, Notification, Push
from community.notifications.newcomers import told_from
from community.notifications.pacing import pace_of, pushes_a_day, rhythm_of
from community.notifications.planning import Pace
from community.notifications.push_keys import site_keys
from community.notifications.push_wire import hand_over
from community.notifications.push_words import last_of_the_day, words_of
from community.outside import Refused, retry_after
from community.people.models import Person
from community.prepared import PreparedRow

log = logging.getLogger(__name__)
GIVE_UP_AFTER = 10
LONGEST_WAIT = 3600
LEASE = timedelta(minutes=2)
"""For so long nobody else takes a message that is being handed over; after it, its worker has died."""
OWN_JOB = timedelta(seconds=20)
"""What is due for longer has lost its own job, or never had one: it waited."""
A_ROUND, KEPT_FOR = 500, timedelta(days=30)
GONE, LATER = {404, 410}, {408, 425, 429}


devices_of = PreparedRow(lambda people: Device.objects.filter(person__among=people), people=list)


def push_all(told: Collection[Notification], event: Event | None) -> None:
    """A row and a job for each device of these people. Whoever has none costs nothing but the question."""
    people = {row.person_id for row in told}
    devices = list(devices_of.all(people=list(people))) if people and site_keys() else []
    if not devices:
        return
    owners = {device.person_id for device in devices}
    # Rows that were written with "unless it is there" do not know their number.
    rows = event.notifications.filter(person__in=owners) if event else [row for row in told if row.person_id in owners]
    by_owner = {row.person_id: row for row in rows}
    pushes = [Push(device=one, notification=by_owner[one.person_id]) for one in devices if one.person_id in by_owner]
    Push.objects.bulk_create(pushes, ignore_conflicts=True, batch_size=500)
    defer_pushes(Push.objects.waiting().filter(notification__in=by_owner.values()))


def defer_pushes(pushes: QuerySet[Push]) -> None:
    """A job for each of them, in one statement."""
    jobs: list[dict[str, JSONValue]] = [{"push_id": pk} for pk in pushes.values_list("pk", flat=True)]
    if jobs:
        send_push.configure().batch_defer(*jobs)


@app.periodic(cron="* * * * *")
@app.task(queue="push", queueing_lock="push.round", pass_context=False)
def send_due_pushes(timestamp: int) -> None:
    """What waited for the morning, for another try, or for a worker that has died."""
    defer_pushes(Push.objects.due(timezone.now() - OWN_JOB).order_by("due_at")[:A_ROUND])


@app.periodic(cron="41 3 * * *")
@app.task(queue="sweep", queueing_lock="push.forget", pass_context=False)
def forget_old_pushes(timestamp: int) -> None:
    """What went to devices is of no use to anybody after a month; the notification itself stays."""
    Push.objects.exclude(state=Push.State.WAITING).filter(settled_at__lt=timezone.now() - KEPT_FOR).delete()


@app.task(queue="push", priority=-2)
def send_push(push_id: int) -> None:
    """Hand one message over. Nothing happens when that was done, or is not wanted any more."""
    taken = take(push_id)
    keys = site_keys()
    if taken is None or keys is None:
        return
    push, words = taken
    try:
        answer = hand_over(push.device, words, keys, is_urgent=is_urgent(push))
    except Refused as error:
        forget_device(push.device, str(error))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        try_again(push, f"{type(error).__name__}: {error}")
    else:
        settle(push, answer)


@transaction.atomic
def take(push_id: int) -> tuple[Push, dict[str, Any]] | None:
    """The message and its words, when it is to go now. Two jobs for one device look at it one after the other."""
    device = Device.objects.select_for_update().filter(pushes=push_id).first()
    now = timezone.now()
    push = Push.objects.due(now).select_related("notification__event__actor").filter(pk=push_id).first()
    if device is None or push is None:
        return None
    push.device = device
    if is_over(push):
        push.settle(Push.State.NEEDLESS)
        return None
    person = Person.objects.get(pk=device.person_id)
    rhythm = rhythm_of(person)
    pace = pace_of(person, rhythm)
    if later := not_before(push, pace, now):
        push.wait_until(later)
        return None
    if is_told_by_a_newer_one(push, now):
        push.settle(Push.State.NEEDLESS)
        return None
    left = pushes_a_day(rhythm) - sent_today(push, pace, now)
    if left < 1 and push.notification.kind not in OWN:
        push.settle(Push.State.NEEDLESS, "the day is full")
        return None
    push.attempts += 1
    push.wait_until(now + LEASE)
    is_last = left == 1 and push.notification.kind not in OWN
    return push, last_of_the_day(person) if is_last else words_of(push.notification, person)


def is_over(push: Push) -> bool:
    """Read or taken back, or its owner may not sign in any more."""
    told = push.notification
    if told.read_at or told.gone_at:
        return True
    return not Person.objects.active().not_suspended().filter(pk=told.person_id).exists()


def is_told_by_a_newer_one(push: Push, now: datetime) -> bool:
    """Whether something of the same thread goes to this device now. What may yet turn out to be spam tells nothing."""
    told = push.notification
    if not told.chain:
        return False
    newer = Push.objects.due(now).filter(device=push.device, pk__gt=push.pk, notification__chain=told.chain)
    newer = newer.filter(notification__kind=told.kind, notification__gone_at=None, notification__read_at=None)
    return any(told_from(one.notification.event) <= now for one in newer.select_related("notification__event__actor"))


def not_before(push: Push, pace: Pace, now: datetime) -> datetime | None:
    """The moment before which it does not go: the end of a new member's wait, quiet hours, or a thread's pause."""
    told = push.notification
    if is_urgent(push):
        return None
    known = told_from(told.event)
    if known > now:
        return known
    sent = Push.objects.sent_since(now - pace.bundle).filter(device=push.device, notification__chain=told.chain)
    last = sent.aggregate(last=Max("settled_at"))["last"] if told.chain else None
    return pace.end_of_quiet(now) or (last + pace.bundle if last and told.kind not in OWN else None)


def is_urgent(push: Push) -> bool:
    """Whether it goes at any hour."""
    return KINDS[push.notification.kind].is_urgent


def sent_today(push: Push, pace: Pace, now: datetime) -> int:
    """How many this device had on the person's day that count."""
    sent = Push.objects.sent_since(pace.today(now)).filter(device=push.device)
    return sent.exclude(notification__kind__in=OWN).count()


def settle(push: Push, answer: httpx.Response) -> None:
    """What the push service said."""
    status = answer.status_code
    if answer.is_success:
        push.settle(Push.State.SENT)
    elif status in GONE:
        forget_device(push.device, f"the push service answered {status}")
    elif status >= 500 or status in LATER:
        wait = retry_after(answer.headers.get("Retry-After", ""))
        try_again(push, f"the push service answered {status}", wait)
    else:
        push.settle(Push.State.FAILED, f"the push service answered {status}")
        log.error("push refused", extra={"push": push.pk, "status": status})


def try_again(push: Push, error: str, wait: float | None = None) -> None:
    """Later: when the push service said, or after 30 s, 1 min, 2 min … an hour. After ten tries it is given up."""
    if push.attempts >= GIVE_UP_AFTER:
        push.settle(Push.State.FAILED, error)
    else:
        seconds = min(30 * 2.0 ** (push.attempts - 1), LONGEST_WAIT) if wait is None else wait
        push.wait_until(timezone.now() + timedelta(seconds=seconds), error)
    log.warning("push not sent", extra={"push": push.pk, "attempts": push.attempts, "error": error[:80]})


def forget_device(device: Device, why: str) -> None:
    """It takes no more messages: the browser was reset, or its owner has turned it off there."""
    log.info("a device is gone", extra={"device": device.pk, "why": why})
    device.delete()
