"""Sweeping: what served its purpose a day, or a fortnight, ago."""

from datetime import timedelta

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from community.once import KEYS_KEPT, OnceKey

ANSWERS_KEPT = timedelta(days=1)
JOBS_KEPT_HOURS = 14 * 24


@app.periodic(cron="17 * * * *")
@app.task(queue="sweep", queueing_lock="community.forget_answers")
def forget_answers(timestamp: int) -> None:
    """Forget the answers to forms after a day, and that they were sent once no browser sends them again by itself."""
    now = timezone.now()
    OnceKey.objects.filter(created_at__lt=now - KEYS_KEPT).delete()
    OnceKey.objects.filter(created_at__lt=now - ANSWERS_KEPT).exclude(body="").update(body="")


@app.periodic(cron="47 3 * * *")
@app.task(queue="sweep", queueing_lock="community.forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Forget jobs that were done long ago; those that failed stay, for somebody to look at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=JOBS_KEPT_HOURS)
