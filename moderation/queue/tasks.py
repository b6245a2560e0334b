"""The queue's clock: a snooze that is over wakes its item, a promise that runs out is told, a new order is kept."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from community.events.recording import record
from community.events.verbs import Verb
from moderation.queue.models import Item, Ordering, Preference, Presence
from moderation.queue.models.presence import GONE_AFTER
from moderation.queue.skills import settle_all


@app.periodic(cron="* * * * *")
@app.task(queue="queue", queueing_lock="queue.wake", pass_context=False)
def wake_the_due(timestamp: int) -> None:
    """Wake what is due. An item that was woken or closed meanwhile is left as it is."""
    due = Item.objects.filter(state=Item.State.SNOOZED, snoozed_until__lte=timezone.now())
    for item in due.order_by("snoozed_until")[:500]:
        item.wake()


@app.periodic(cron="* * * * *")
@app.task(queue="queue", queueing_lock="queue.hand_over", pass_context=False)
def hand_over_the_late(timestamp: int) -> None:
    """Whom a customer asked for did not come to it in time: the whole team has it, with a note that says so."""
    for late in Preference.objects.filter(until__lte=timezone.now()).select_related("item")[:500]:
        with transaction.atomic():
            item = Item.objects.select_for_update(of=("self",)).get(pk=late.item_id)
            if item.preferred and item.preferred.until <= timezone.now():
                item.hand_over(by=None)


@app.periodic(cron="*/15 * * * *")
@app.task(queue="queue", queueing_lock="queue.presences", pass_context=False)
def forget_the_gone(timestamp: int) -> None:
    """Pages that were closed without a word leave no one behind."""
    Presence.objects.filter(seen_at__lt=timezone.now() - GONE_AFTER * 20).delete()


@app.periodic(cron="* * * * *")
@app.task(queue="queue", queueing_lock="queue.warn", pass_context=False)
def warn_of_the_due(timestamp: int) -> None:
    """Say once, when four fifths of the promised time are over, that an item waits."""
    running_out = Item.objects.filter(state=Item.State.OPEN, warn_at__lte=timezone.now(), warned_at=None)
    for item in running_out.order_by("warn_at")[:500]:
        with transaction.atomic():
            if Item.objects.filter(pk=item.pk, warned_at=None).update(warned_at=timezone.now()):
                record(Verb.ITEM_DUE_SOON, actor=None, subject=item, due_at=item.due_at and item.due_at.isoformat())


@app.periodic(cron="* * * * *")
@app.task(queue="queue", queueing_lock="queue.alarm", pass_context=False)
def alarm_of_the_unassigned(timestamp: int) -> None:
    """Say once that an item has waited for half an hour of work, and nobody has it."""
    now = timezone.now()
    nobodys = Item.objects.filter(state=Item.State.OPEN, alarm_at__lte=now, alarmed_at=None)
    for item in nobodys.filter(assignee=None, claim_row=None).order_by("alarm_at")[:500]:
        with transaction.atomic():
            if Item.objects.filter(pk=item.pk, alarmed_at=None).update(alarmed_at=now):
                record(Verb.ITEM_UNASSIGNED, actor=None, subject=item)


@app.periodic(cron="5 * * * *")
@app.task(queue="queue", queueing_lock="queue.needs", pass_context=False)
def look_for_hands(timestamp: int) -> None:
    """A certificate may have run out, or somebody of the team may be gone."""
    settle_all()


@app.task(queue="queue", pass_context=False)
def settle_needs_again() -> None:
    """What items ask for, or what people can do, has changed."""
    settle_all()


@app.task(queue="queue", pass_context=False)
def rank_again() -> None:
    """Give every item its place by the ordering that is in force now."""
    ordering = Ordering.objects.in_force()
    items = Item.objects.exclude(state=Item.State.CLOSED).select_related("customer__customer_facts", "thread__question")
    batch = []
    for item in items.iterator(chunk_size=500):
        item.rank(ordering)
        batch.append(item)
    Item.objects.bulk_update(batch, ["ranks_at"], batch_size=500)
