"""Once an hour somebody looks at who votes for whom."""

from procrastinate.contrib.django import app

from moderation.rings.finding import find_now
from moderation.rings.models import Ring


@app.periodic(cron="27 * * * *")
@app.task(queue="sweep", queueing_lock="rings.look", pass_context=False)
def look_for_rings(timestamp: int) -> None:
    """Keep what was found. Nothing is taken from anybody by this: a moderator decides."""
    for found in find_now():
        Ring.objects.keep(found)
