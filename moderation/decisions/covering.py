"""A post was redacted: what the review queue has written down about it loses the private details too."""

from typing import Any

from django.db import models

from community.policy.blackout import black_out
from forums.threads.models import Post
from moderation.decisions.models import Appeal, CaseNote, Decision, LogEntry, StatementOfReasons
from moderation.flags.models import Case, Flag
from moderation.flags.subjects import subject_of


def cover_cases(post: Post) -> None:
    """Titles are the thread's as they are now; notes, facts and appeals have what the checks find in them covered."""
    about = Case.objects.about(post)
    title = subject_of(post).title[:200]
    about.update(title=title)
    cases = list(about.values_list("pk", flat=True))
    StatementOfReasons.objects.filter(decision__case__in=cases).update(title=title)
    LogEntry.objects.filter(url__contains=f"/{post.thread_id}/").exclude(where="").update(
        where=post.thread.title, url=post.thread.get_absolute_url()
    )
    cover(Flag.objects.filter(case__in=cases), "note")
    cover(Decision.objects.filter(case__in=cases), "facts")
    cover(StatementOfReasons.objects.filter(decision__case__in=cases), "facts")
    cover(Appeal.objects.filter(decision__case__in=cases), "text", "reason")
    cover(CaseNote.objects.filter(case__in=cases), "text")


def cover(rows: models.QuerySet[Any], *names: str) -> None:
    """These fields of these rows, written when something in them was covered."""
    for row in rows:
        covered = {name: black_out(getattr(row, name)) for name in names}
        if any(getattr(row, name) != text for name, text in covered.items()):
            type(row)._base_manager.filter(pk=row.pk).update(**covered)
