"""Nobody waits for ever for a second reader, and nothing goes out unread."""

from procrastinate.contrib.django import app

from forums.threads.models import Approval


@app.periodic(cron="* * * * *")
@app.task(queue="queue", queueing_lock="approvals.pass_on", pass_context=False)
def pass_on_the_late(timestamp: int) -> None:
    """Two hours are over: the next supervisor is asked."""
    for row in Approval.objects.late().select_related("post__thread__product__brand")[:200]:
        row.pass_on()
