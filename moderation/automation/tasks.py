"""What waits: every five minutes automations look for what has waited long enough."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from moderation.automation.models import Automation
from moderation.automation.running import meet
from moderation.automation.triggers import TRIGGERS

LATE = timedelta(hours=6)
"""How long the site may have been down until what came due meanwhile is let be."""


@app.periodic(cron="*/5 * * * *")
@app.task(queue="sweep", queueing_lock="automation.wait", pass_context=False)
def look_for_what_waits(timestamp: int) -> None:
    """Each matter is met once, and none that was due before the automation began."""
    now = timezone.now()
    for automation in Automation.objects.at_work().filter(trigger__in=[t.key for t in TRIGGERS.values() if t.waits]):
        due = TRIGGERS[automation.trigger].due
        since = max(automation.in_force_since or now, now - LATE)
        for matter in due(automation.hours, since, now) if due else ():
            meet(automation, matter)
