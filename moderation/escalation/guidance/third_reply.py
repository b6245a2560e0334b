"""Rule: the team has replied three times and the question is still not solved."""

from django.utils.translation import gettext as _

from forums.threads.models import Post, Thread

REPLIES = 3


def third_reply(thread: Thread) -> str:
    """A sentence when the third reply of the team has not brought a solution; empty otherwise."""
    question = getattr(thread, "question", None)
    if question is not None and question.solved_at:
        return ""
    replies = thread.posts.filter(is_hidden=False, removed_at__isnull=True).exclude(alias="")
    count = replies.exclude(kind=Post.Kind.OPENING).count()
    return _("The team has replied %(count)s times without a solution.") % {"count": count} if count >= REPLIES else ""
