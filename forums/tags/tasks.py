"""Counting all tags once a night: imports and repairs do not tell of each question."""

from procrastinate.contrib.django import app

from forums.tags.counting import recount


@app.periodic(cron="23 4 * * *")
@app.task(queue="sweep", queueing_lock="forums.tags.count_all")
def count_all(timestamp: int) -> None:
    """Set every kept number to what readers can see."""
    recount()
