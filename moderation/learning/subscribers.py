"""Whatever was written or reported is read by the scores."""

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from forums.threads.models import Post
from moderation.flags.models import Flag
from moderation.learning.hinting import point_out

POSTS = Post.objects.select_related("thread__product__brand", "author")


@on(Verb.QUESTION_ASKED, Verb.REVIEW_WRITTEN, Verb.ANSWER_POSTED, Verb.COMMENT_POSTED, Verb.POST_EDITED, Verb.POST_HELD)
def read_post(event: Event) -> None:
    """A post as it stands now."""
    post = POSTS.written_in(event)
    if post is not None:
        point_out(post)


@on(Verb.FLAG_RAISED)
def read_reported(event: Event) -> None:
    """What somebody reported: the scores say what they make of it, whoever wrote it."""
    flag = Flag.objects.select_related("case__subject_type").filter(pk=event.subject_id).first()
    if flag is not None and isinstance(flag.case.subject, Post):
        point_out(POSTS.get(pk=flag.case.subject_id))
