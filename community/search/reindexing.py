"""Making the whole index again, in order, a batch at a time: stopped anywhere, it goes on where it was."""

from collections.abc import Callable
from typing import Any

from community.search.counting import count_again
from community.search.indexing import BATCH, write
from community.search.models import Document
from community.search.sources import Source, sources


def reindex(tell: Callable[[str, int], Any] = lambda kind, done: None, *, again: bool = True) -> int:
    """Take in everything that may be found, drop what may not, and count the words. Answers how many there are.

    `again=False` leaves out what is in the index already, for a run that was interrupted.
    """
    total = 0
    for source in sources.values():
        total += reindex_kind(source, tell, again)
    count_again()
    return total


def reindex_kind(source: Source, tell: Callable[[str, int], Any], again: bool) -> int:
    """All things of one kind; rows of things that are no more go."""
    last = done = 0
    while ids := source.ids(last, BATCH):
        here = Document.objects.filter(kind=source.kind, object_id__gt=last, object_id__lte=ids[-1])
        known = set(here.values_list("object_id", flat=True))
        here.filter(object_id__in=known - set(ids)).delete()
        write(source, ids if again else [pk for pk in ids if pk not in known])
        last, done = ids[-1], done + len(ids)
        tell(source.kind, done)
    Document.objects.filter(kind=source.kind, object_id__gt=last).delete()
    return done
