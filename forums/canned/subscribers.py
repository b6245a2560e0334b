"""A canned reply hears that it was sent."""

from django.db.models import F

from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from forums.canned.filling import is_verbatim
from forums.canned.models import CannedReply, CannedUse
from forums.threads.models import Post


@on(Verb.ANSWER_POSTED, Verb.COMMENT_POSTED)
def count_use(event: Event) -> None:
    """The post says with which ones it was begun; only those that its author may use count, each once."""
    ids = event.details.get("canned", [])
    known = Post.objects.select_related("author", "thread__author", "thread__product", "thread__product_version")
    post = known.filter(pk=event.subject_id).first() if ids else None
    if post is None:
        return
    for reply in CannedReply.objects.visible_to(post.author).filter(pk__in=ids):
        same = is_verbatim(reply.source, post.source, post.thread, post.author)
        _use, is_new = CannedUse.objects.get_or_create(reply=reply, post=post, defaults={"is_verbatim": same})
        if is_new:
            CannedReply.objects.filter(pk=reply.pk).update(use_count=F("use_count") + 1)
