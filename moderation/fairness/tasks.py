"""Once a day somebody looks whether praise and complaint are still judged alike."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from community.events.recording import record
from community.events.verbs import Verb
from moderation.fairness.models import ParityAlarm
from moderation.fairness.parity import parity_of

AGAIN_AFTER = timedelta(days=7)


@app.periodic(cron="17 5 * * *")
@app.task(queue="sweep", queueing_lock="fairness.parity", pass_context=False)
def look_at_parity(timestamp: int) -> None:
    """Moderators are told when the difference is no chance, once a week while it lasts."""
    lately = ParityAlarm.objects.filter(created_at__gt=timezone.now() - AGAIN_AFTER)
    parity = parity_of()
    if parity.is_alarming and not lately.exists():
        alarm = ParityAlarm.objects.create(refusals=parity.refusals.difference, holds=parity.holds.difference)
        record(Verb.PARITY_ALARMED, actor=None, subject=alarm)
