"""Sealing goes on all the time."""

from procrastinate.contrib.django import app

from moderation.actions.sealing import BATCH, seal_events


@app.periodic(cron="* * * * *")
@app.task(queue="events", queueing_lock="actions.seal", pass_context=False)
def seal(timestamp: int) -> None:
    """Seal all that came in the last minute; after an import that may be many."""
    while seal_events() == BATCH:
        pass
