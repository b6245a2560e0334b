"""Learning goes on by itself."""

from procrastinate.contrib.django import app

from moderation.learning.training import learn_if_due


@app.periodic(cron="7 * * * *")
@app.task(queue="sweep", queueing_lock="learning.learn", pass_context=False)
def learn_spam(timestamp: int) -> None:
    """Look whether there is something to learn from."""
    learn_if_due()
