"""The public log: written in the transaction of the decision, as a redacted line of its own."""

from django.conf import settings
from django.utils import timezone, translation

from community.live.purging import purge
from forums.threads.models import Post, Thread
from moderation.decisions.deeds import DEEDS
from moderation.decisions.models import Decision, LogEntry
from moderation.flags.models import Case

KEY = "moderation-log"


def publish(decision: Decision) -> LogEntry | None:
    """The line of a decision that did something. No name and no words: who reads it learns what, where and why."""
    if decision.is_private or decision.outcome != Case.Outcome.ACTED:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        what = ", ".join(str(DEEDS[action.kind].logged) for action in decision.actions.all())
    thread = thread_of(decision)
    purge(KEY)
    return LogEntry.objects.create(
        decision=decision,
        what=what[:200],
        where=thread.title if thread else "",
        url=thread.get_absolute_url() if thread else "",
        rule=decision.rule.title if decision.rule else "",
        is_by_machine=decision.is_made_by_machine,
        created_at=decision.created_at,
    )


def thread_of(decision: Decision) -> Thread | None:
    """The thread, when everybody can still read it."""
    post = decision.case.subject
    if not isinstance(post, Post):
        return None
    return Thread.objects.visible_to(None).filter(pk=post.thread_id).first()


def withdraw(decision: Decision) -> None:
    """The line stays and says that it was taken back."""
    LogEntry.objects.filter(decision=decision).update(undone_at=timezone.now())
    purge(KEY)
