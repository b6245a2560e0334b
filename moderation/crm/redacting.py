"""A post was redacted: what was told of it to a CRM, and what waits to be told or could be told again, loses its words.

Entries keep their place and their keys: a webhook that is replayed sends the covered text. Attempts, which may quote
what the other side answered, lose their details. The CRM's own copy gets the new wording as after any edit.
"""

from typing import Any

from forums.threads.models import Post
from moderation.crm.models import Case, CasePush
from moderation.crm.models.push import Attempt
from moderation.crm.payload import case_payload, entry_of_post
from moderation.queue.models import Item

TOLD = {CasePush.Kind.NOTE, CasePush.Kind.TOMBSTONE}


def cover_told(post: Post) -> list[Case]:
    """Cover the words in every entry about this post. Answers the cases that were told of it."""
    Item.objects.filter(thread=post.thread_id).update(title=post.thread.title)
    cases = list(Case.objects.filter(item__thread=post.thread_id).select_related("item", "customer"))
    for case in cases:
        for push in case.pushes.filter(source=f"post:{post.pk}", kind__in=TOLD):
            if not push.payload.get("is_removed"):
                rewrite(push, {"text": entry_of_post(post).payload()["text"]})
        if post.kind == Post.Kind.OPENING:
            case.item.refresh_from_db()
            for push in case.pushes.filter(kind=CasePush.Kind.CASE):
                rewrite(push, case_payload(case.item))
    return cases


def rewrite(push: CasePush, words: dict[str, Any]) -> None:
    """The same entry with the words as they are now."""
    CasePush.objects.filter(pk=push.pk).update(payload={**push.payload, **words}, error="")
    Attempt.objects.filter(push=push).exclude(detail="").update(detail="")
