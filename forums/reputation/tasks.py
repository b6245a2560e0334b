"""Windows roll by themselves: what was earned eight days ago is no longer this week's."""

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from community.live.purging import purge
from forums.reputation.levelling import run_levels
from forums.reputation.models import Standing
from forums.reputation.settling import count, settle_everything


@app.periodic(cron="3 * * * *")
@app.task(queue="sweep", queueing_lock="reputation.roll", pass_context=False)
def roll_windows(timestamp: int) -> None:
    """Add up anew what a rolling window may have left; boards that go by age are drawn anew too."""
    rolling = Standing.objects.filter(Q(week_points__gt=0) | Q(season_points__gt=0))
    with transaction.atomic():
        count(rolling.values_list("pk", flat=True))
        purge("people")


@app.periodic(cron="23 * * * *")
@app.task(queue="sweep", queueing_lock="reputation.levels", pass_context=False)
def move_levels(timestamp: int) -> None:
    """Who has earned a higher level gets it within the hour; a change of the plan holds from its moment on."""
    run_levels()


@app.periodic(cron="13 3 * * *")
@app.task(queue="sweep", queueing_lock="reputation.settle", pass_context=False)
def settle_all(timestamp: int) -> None:
    """Once a night the whole ledger is read from the facts, so that no lost job can leave it wrong for long."""
    settle_everything()
