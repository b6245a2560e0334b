"""What was refused, put right by its writer, and let through: the refusal was right then and is not undone."""

from forums.threads.models import Post
from moderation.flags.models import Case

RESUBMITTED = "resubmitted"
"""The finding of such a case."""


def was_put_right(post: Post) -> bool:
    """Whether the newest decision about it let through what its writer had changed."""
    newest = Case.objects.about(post).filter(state=Case.State.DECIDED).first()
    return bool(newest and newest.outcome == Case.Outcome.LEFT and newest.findings.filter(rule=RESUBMITTED).exists())
