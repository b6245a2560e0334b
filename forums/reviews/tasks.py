"""Taking in a file of reviews takes longer than a page may: a job does it, and another is made when one was lost."""

from procrastinate.contrib.django import app

from forums.reviews.bringing.jobs import take_in
from forums.reviews.models import ReviewFile


def defer_taking(file: ReviewFile) -> None:
    """A job for the file, in the caller's transaction; two jobs for one file never run at once."""
    take_reviews_in.configure(lock=f"review-file-{file.pk}").defer(file_id=file.pk)


@app.task(queue="sweep")
def take_reviews_in(file_id: int) -> None:
    """Take the file in, from where the last job stopped."""
    if file := ReviewFile.objects.select_related("product", "brand", "by").filter(pk=file_id).first():
        take_in(file)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="sweep", queueing_lock="reviews.files", pass_context=False)
def sweep_review_files(timestamp: int) -> None:
    """Go on with files whose job was lost with its worker."""
    for file in ReviewFile.objects.left_waiting():
        defer_taking(file)
