"""Writing the mails that are due, some people at a time, so that a flood of them stops nothing else."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from procrastinate.contrib.django import app

from community.addresses import absolute
from community.notifications.addresses import MARKER
from community.notifications.digests import write_digest
from community.notifications.kinds import KINDS, OWN
from community.notifications.mailing import queue_mail
from community.notifications.models import EmailDelivery, Notification, Turn
from community.notifications.newcomers import told_from
from community.notifications.pacing import pace_of
from community.notifications.planning import Pace, Plan, Waiting, plan
from community.notifications.standing import drop_what_is_gone
from community.notifications.turning_down import less_url
from community.notifications.turns import next_round
from community.people.models import Person

A_ROUND, LOOKED_AT = 100, 1000


@app.periodic(cron="* * * * *")
@app.task(queue="mail", pass_context=False)
def write_due_mails(timestamp: int) -> None:
    """One round: some of those whose turn it is. Several workers may do it at once, each takes others."""
    for _number in range(A_ROUND):
        if not write_for_next():
            return
    next_round()


def write_for_next() -> bool:
    """The mails of whoever has waited longest; False when it is nobody's turn."""
    with transaction.atomic():
        due = Turn.objects.select_for_update(skip_locked=True, of=("self",)).filter(due_at__lte=timezone.now())
        turn = due.select_related("person").order_by("due_at").first()
        if turn is None:
            return False
        write_for(turn.person, turn)
    return True


def write_for(person: Person, turn: Turn) -> None:
    """What this person gets now, and when to look again."""
    now, pace = timezone.now(), pace_of(person)
    told = Notification.objects.waiting_for_mail().filter(person=person).select_related("event__actor").order_by("pk")
    due = [(row, max(now, told_from(row.event))) for row in told[:LOOKED_AT]]
    rows = {row.pk: row for row in drop_what_is_gone([row for row, moment in due if moment == now])}
    made = plan(waiting(rows.values()), pace, now, sent_today(person, pace, now), last_written(person, rows.values()))
    for moment in {moment for _row, moment in due} - {now}:
        made.look_at(moment)
    carry_out(made, person, rows, now)
    if made.next_at is None:
        turn.delete()
    else:
        turn.due_at = max(made.next_at, now)
        turn.save()


def waiting(rows: Any) -> list[Waiting]:
    """The rows as the plan knows them."""
    return [
        Waiting(row.pk, row.created_at, row.chain, row.by_mail, KINDS[row.kind].is_own, row.read_at) for row in rows
    ]


def sent_today(person: Person, pace: Pace, now: datetime) -> int:
    """The mails of the person's day so far that count."""
    counted = EmailDelivery.objects.filter(person=person, created_at__gte=pace.today(now))
    return counted.exclude(kind="").exclude(kind__in=OWN).count()


def last_written(person: Person, rows: Any) -> dict[str, datetime]:
    """When each of these threads was last written about to this person."""
    chains = {row.chain for row in rows if row.chain}
    sent = EmailDelivery.objects.filter(chain__in=chains, recipient__iexact=person.email).exclude(kind="")
    return dict(sent.values_list("chain").annotate(last=Max("created_at")))


def carry_out(made: Plan, person: Person, rows: dict[int, Notification], now: datetime) -> None:
    """Write the mails of the plan, and mark what they bring."""
    for group in made.letters:
        told = [rows[one.key] for one in group]
        mark(told, write_letter(person, told), now)
    if made.digest:
        told = [rows[one.key] for one in made.digest]
        mark(told, write_digest(person, told, now), now)
    moved = Notification.objects.filter(pk__in=[one.key for one in made.overflow])
    moved.update(by_mail=Notification.ByMail.OVERFLOW)
    Notification.objects.filter(pk__in=[one.key for one in made.dropped]).update(by_mail="", letter=None)


def mark(told: Sequence[Notification], mail: EmailDelivery | None, now: datetime) -> None:
    """They are mailed; what only the mail said is forgotten."""
    Notification.objects.filter(pk__in=[row.pk for row in told]).update(mailed_at=now, mail=mail, letter=None)


def write_letter(person: Person, told: Sequence[Notification]) -> EmailDelivery | None:
    """One mail for what is new in one thread, the newest with its reply address."""
    newest = told[-1]
    letter = newest.letter or {}
    reply_to = letter.get("reply_to", "")
    return queue_mail(
        "notification",
        to=person,
        key=f"told-{newest.pk}-{len(told)}",  # another key when one of them was taken back meanwhile
        kind=newest.kind,
        reason=newest.reason,
        subject=newest.title or newest.text,
        chain=newest.chain,
        reply_to=reply_to,
        context={
            "marker": MARKER if reply_to else "",
            "told": told,
            "letter": letter,
            "url": absolute(newest.url),
            "less_url": less_url(newest),
        },
    )
