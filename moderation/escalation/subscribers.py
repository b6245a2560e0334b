"""What private help makes of what happens in public."""

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from forums.threads.models import Post, Thread
from moderation.escalation.guidance.watching import watch_thread


@on(Verb.QUESTION_ASKED, Verb.ANSWER_POSTED, Verb.COMMENT_POSTED, Verb.POST_EDITED, Verb.POST_PUBLISHED)
def propose_private_help(event: Event) -> None:
    """After each new text: is there a reason to go private?"""
    subject = event.subject
    thread = subject.thread if isinstance(subject, Post) else subject
    if isinstance(thread, Thread):
        watch_thread(thread)
