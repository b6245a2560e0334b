"""Merging questions: as threads are merged, and people who have the same problem count once on the page they share."""

from django.db import transaction

from community.people.models import Person
from forums.questions.models import Question
from forums.threads import merging
from forums.threads.models import Merge, Thread


@transaction.atomic
def merge(thread: Thread, *, into: Thread, by: Person, reason: str = "", version: int | None = None) -> Merge:
    """Read a question on the page of another one from now on."""
    row = merging.merge(thread, into=into, by=by, reason=reason, version=version)
    count_anew(row)
    return row


@transaction.atomic
def unmerge(row: Merge, *, by: Person) -> None:
    """Give it its own page again, with its own followers and its own people who have the same problem."""
    merging.unmerge(row, by=by)
    count_anew(row)


def count_anew(row: Merge) -> None:
    """Keep what both questions say of themselves: who has the problem, what solved it, what is verified."""
    for question in Question.objects.select_related("thread__product", "thread__merged_into").filter(
        pk__in=[row.thread_id, row.into_id]
    ):
        question.count_shared()
        if not question.thread.merged_into_id:
            question.keep_state()
