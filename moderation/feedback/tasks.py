"""Every quarter of an hour buyers are asked whose turn it is, and reminded once."""

from django.conf import settings
from procrastinate.contrib.django import app

from moderation.feedback.inviting import invite_due, remind_due


@app.periodic(cron="*/15 * * * *")
@app.task(queue="sweep", queueing_lock="feedback.ask", pass_context=False)
def ask_buyers(timestamp: int) -> None:
    """Nobody is asked twice, however often it is run."""
    if settings.REVIEW_REQUESTS:
        invite_due()
        remind_due()
