"""The index's clock: what no event told of is found all the same, and the words are counted now and then."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from community.search.counting import count_again, is_due
from community.search.indexing import index
from community.search.models import Document, Need, NeedDay
from community.search.relating import relate_what_is_due
from community.search.sources import Source, sources
from community.search.understanding import understand

LOOK_BACK = timedelta(minutes=15)
RELATING = 50.0
"""Seconds of a minute, at most. What is left after an import goes on in the next one."""
SELDOM_KEPT, DAYS_KEPT = timedelta(days=90), timedelta(days=400)
"""For how long a need is kept that hardly anybody has, and the days of all of them: last year can be compared."""


@app.periodic(cron="*/5 * * * *")
@app.task(queue="search", queueing_lock="search.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Take in what has changed since it was last taken in."""
    for source in list(sources.values()):
        index(source.kind, outdated(source))


def outdated(source: Source) -> list[int]:
    """Things that changed lately and after the index last saw them."""
    if source.changed_since is None:
        return []
    changed = source.changed_since(timezone.now() - LOOK_BACK)
    rows = Document.objects.filter(kind=source.kind, object_id__in=list(changed))
    seen = dict(rows.values_list("object_id", "indexed_at"))
    return [pk for pk, moment in changed.items() if pk not in seen or seen[pk] < moment]


@app.periodic(cron="*/10 * * * *")
@app.task(queue="search", queueing_lock="search.count", pass_context=False)
def count_when_due(timestamp: int) -> None:
    """Count the words again once a twentieth of the index is new."""
    if is_due():
        count_again()


@app.periodic(cron="* * * * *")
@app.task(queue="search", queueing_lock="search.relate", pass_context=False)
def relate(timestamp: int) -> None:
    """Find what belongs beside what is new, and anew what was found long ago, until nothing is left."""
    relate_what_is_due(RELATING)


@app.periodic(cron="* * * * *")
@app.task(queue="search", queueing_lock="search.read_meanings", pass_context=False)
def read_meanings(timestamp: int) -> None:
    """Read what new texts mean, where the language model is installed; otherwise there is nothing to do."""
    understand(RELATING)


@app.periodic(cron="23 4 * * *")
@app.task(queue="sweep", queueing_lock="search.forget_needs", pass_context=False)
def forget_needs(timestamp: int) -> None:
    """What hardly anybody looked for is forgotten after a while."""
    today = timezone.localdate()
    NeedDay.objects.filter(day__lt=today - DAYS_KEPT).delete()
    seldom = Need.objects.forgettable(today - SELDOM_KEPT).values_list("pk", flat=True)
    Need.objects.filter(pk__in=list(seldom[:10_000])).delete()
