"""The queue's clock: a snooze that is over wakes its item."""

from django.utils import timezone
from procrastinate.contrib.django import app

from moderation.queue.models import Item, Presence
from moderation.queue.models.presence import GONE_AFTER


@app.periodic(cron="* * * * *")
@app.task(queue="queue", queueing_lock="queue.wake", pass_context=False)
def wake_the_due(timestamp: int) -> None:
    """Wake what is due. An item that was woken or closed meanwhile is left as it is."""
    due = Item.objects.filter(state=Item.State.SNOOZED, snoozed_until__lte=timezone.now())
    for item in due.order_by("snoozed_until")[:500]:
        item.wake()


@app.periodic(cron="*/15 * * * *")
@app.task(queue="queue", queueing_lock="queue.presences", pass_context=False)
def forget_the_gone(timestamp: int) -> None:
    """Pages that were closed without a word leave no one behind."""
    Presence.objects.filter(seen_at__lt=timezone.now() - GONE_AFTER * 20).delete()
