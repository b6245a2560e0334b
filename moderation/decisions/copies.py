"""A post was redacted: what the review queue and its audit have written down about it loses the private details too."""

from typing import Any

from django.db import models

from community.notifications.models import EmailDelivery, Notification
from community.policy.blackout import Blackout, black_out
from forums.threads.copies import cover_events, cover_letters, cover_lines, cover_row, keeps_copies
from forums.threads.models import Post
from moderation.decisions.models import Appeal, CaseNote, Decision, LogEntry, StatementOfReasons
from moderation.flags.models import Case, Flag
from moderation.flags.subjects import subject_of


@keeps_copies
def cover_cases(post: Post, blackout: Blackout) -> None:
    """Titles are the thread's as they are now; notes, facts and appeals lose what was covered and what checks find."""
    cases = Case.objects.about(post)
    decisions = Decision.objects.filter(case__in=cases)
    statements = StatementOfReasons.objects.filter(decision__in=decisions)
    title = subject_of(post).title[:200]
    cases.update(title=title)
    statements.update(title=title)
    LogEntry.objects.filter(url__contains=f"/{post.thread_id}/").exclude(where="").update(
        where=post.thread.title, url=post.thread.get_absolute_url()
    )

    def covered(text: str) -> str:
        return black_out(blackout.cover_copy(text))

    rows: list[tuple[models.QuerySet[Any], tuple[str, ...]]] = [
        (Flag.objects.filter(case__in=cases), ("note",)),
        (decisions, ("facts", "undone_why")),
        (statements, ("facts",)),
        (Appeal.objects.filter(decision__in=decisions), ("text", "reason")),
        (CaseNote.objects.filter(case__in=cases), ("text",)),
    ]
    for found, names in rows:
        for row in found:
            cover_row(row, covered, *names)
    cover_events([*cases, *decisions], covered)
    cover_what_was_told(list(statements), blackout)


def cover_what_was_told(statements: list[StatementOfReasons], blackout: Blackout) -> None:
    """Mails and lines with the reasons, sent and unsent."""
    mails = EmailDelivery.objects.filter(key__in=[f"statement-{statement.pk}" for statement in statements])
    cover_letters(mails, blackout.cover_copy)
    lines = Notification.objects.filter(url__in=[statement.get_absolute_url() for statement in statements])
    cover_lines(lines, blackout, blackout.cover_copy)
