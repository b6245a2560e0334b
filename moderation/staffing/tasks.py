"""The morning: what came in overnight goes to whoever is at the desk when its hours begin."""

from procrastinate.contrib.django import app

from moderation.staffing.flowing import flow


@app.periodic(cron="* * * * *")
@app.task(queue="queue", queueing_lock="staffing.flow", pass_context=False)
def let_it_flow(timestamp: int) -> None:
    """Hours begin, desks are opened, naps end: nothing else tells of it."""
    flow()
