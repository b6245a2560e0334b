"""The clock of booked calls: half an hour before the customer is reminded, ten minutes before the desk sees it."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from moderation.callbacks.models import Callback
from moderation.callbacks.models.calling import SHOWN_BEFORE

SOON = timedelta(minutes=30)


@app.periodic(cron="* * * * *")
@app.task(queue="queue", queueing_lock="callbacks.near", pass_context=False)
def bring_up_the_near(timestamp: int) -> None:
    """Bring up what is near, once."""
    near = Callback.objects.booked().filter(reminded_at=None, slot_at__lte=timezone.now() + SHOWN_BEFORE)
    for callback in near.select_related("conversation__item__product__brand").order_by("slot_at")[:200]:
        callback.remind()


@app.periodic(cron="* * * * *")
@app.task(queue="queue", queueing_lock="callbacks.soon", pass_context=False)
def remind_customers(timestamp: int) -> None:
    """Remind each customer once of a call that is soon; who is tried again after no answer knows already."""
    now = timezone.now()
    soon = Callback.objects.booked().filter(soon_told_at=None, slot_at__gt=now, slot_at__lte=now + SOON)
    for callback in soon.select_related("conversation__customer").order_by("slot_at")[:200]:
        callback.tell_soon()
