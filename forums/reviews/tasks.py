"""Slow work on reviews, and what is looked at again by the clock: lost jobs, insiders, what the site states."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from forums.reviews.bringing.jobs import look_at, take_in
from forums.reviews.checking import publish
from forums.reviews.insiders import look_again
from forums.reviews.models import ReviewFile, Trace

TRACES_KEPT = timedelta(days=90)


def defer_work_on(file: ReviewFile) -> None:
    """A job that looks at the file or takes it in, in the caller's transaction; two for one file never run at once."""
    take_reviews_in.configure(lock=f"review-file-{file.pk}").defer(file_id=file.pk)


@app.task(queue="sweep")
def take_reviews_in(file_id: int) -> None:
    """See what would come of the file; or take it in, from where the last job stopped."""
    if file := ReviewFile.objects.select_related("product", "brand", "by").filter(pk=file_id).first():
        look_at(file)
        take_in(file)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="sweep", queueing_lock="reviews.files", pass_context=False)
def sweep_review_files(timestamp: int) -> None:
    """Go on with files whose job was lost with its worker."""
    for file in ReviewFile.objects.left_waiting():
        defer_work_on(file)


@app.periodic(cron="37 * * * *")
@app.task(queue="sweep", queueing_lock="reviews.insiders", pass_context=False)
def look_for_insiders(timestamp: int) -> None:
    """People who write from the company's addresses, or have got a role, leave the averages."""
    look_again()


@app.periodic(cron="*/10 * * * *")
@app.task(queue="sweep", queueing_lock="reviews.checks", pass_context=False)
def say_what_is_set(timestamp: int) -> None:
    """A setting of the environment may have changed since: the page gets a new version when it has."""
    publish()


@app.periodic(cron="47 3 * * *")
@app.task(queue="sweep", queueing_lock="reviews.traces", pass_context=False)
def forget_traces(timestamp: int) -> None:
    """Where reviews came from is forgotten; what their words are like stays, for copies of old texts."""
    old = Trace.objects.filter(created_at__lt=timezone.now() - TRACES_KEPT)
    old.exclude(device="", network="").update(device="", network="")
    changed = Trace.objects.filter(changed_at__lt=timezone.now() - TRACES_KEPT)
    changed.exclude(changed_device="", changed_network="").update(changed_device="", changed_network="")
