"""What is done about articles by the clock."""

from procrastinate.contrib.django import app

from forums.articles.tending import ask_for_checks


@app.periodic(cron="23 * * * *")
@app.task(queue="sweep", queueing_lock="articles.ask_for_checks", pass_context=False)
def look_for_due_checks(timestamp: int) -> None:
    """Pages that somebody has to look at are found every hour."""
    ask_for_checks()
