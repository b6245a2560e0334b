"""The clock of booked calls: ten minutes before its time a call comes up at the desk."""

from django.utils import timezone
from procrastinate.contrib.django import app

from moderation.callbacks.models import Callback
from moderation.callbacks.models.calling import SHOWN_BEFORE


@app.periodic(cron="* * * * *")
@app.task(queue="queue", queueing_lock="callbacks.near", pass_context=False)
def bring_up_the_near(timestamp: int) -> None:
    """Bring up what is near, once."""
    near = Callback.objects.booked().filter(reminded_at=None, slot_at__lte=timezone.now() + SHOWN_BEFORE)
    for callback in near.select_related("conversation__item__product__brand").order_by("slot_at")[:200]:
        callback.remind()
