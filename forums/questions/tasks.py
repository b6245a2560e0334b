"""What questions do by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from forums.questions.models import GuestQuestion, NeedsInfo
from forums.questions.needing import CLOSE_AFTER, REMIND_AFTER


@app.periodic(cron="23 * * * *")
@app.task(queue="sweep", queueing_lock="questions.forget_guests")
def forget_guests(timestamp: int) -> None:
    """A guest's question that nobody has confirmed within seven days is forgotten, with the address."""
    GuestQuestion.objects.outlived().delete()


@app.periodic(cron="41 * * * *")
@app.task(queue="sweep", queueing_lock="questions.needs_info")
def follow_up_needs(timestamp: int) -> None:
    """Remind askers after a week of what the team needs to know; close their question after two."""
    now = timezone.now()
    waiting = NeedsInfo.objects.filter(answered_at=None, taken_back_at=None, closed_at=None)
    for need in waiting.filter(created_at__lte=now - CLOSE_AFTER)[:500]:
        need.close()
    for need in waiting.filter(created_at__lte=now - REMIND_AFTER, reminded_at=None)[:500]:
        need.remind()
