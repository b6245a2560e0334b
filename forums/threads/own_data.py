"""What a person wrote in threads, and what they marked there."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.people.taking_along import takes_along
from forums.threads.models import Draft, Follow, Muting, Post, Suggestion, Vote

Row = dict[str, Any]


@takes_along("posts", _("What you wrote: questions, answers, comments and reviews"))
def posts(person: Person) -> Iterator[Row]:
    """Also what nobody else can see now."""
    written = Post.objects.filter(author=person).select_related("thread__merged_into", "thread__product").order_by("pk")
    for post in written.iterator():
        product = post.thread.product.name if post.thread.product else ""
        yield {
            "thread": post.thread.title, "about": post.thread.kind, "product": product, "kind": post.kind,
            "text": post.source, "url": post.get_absolute_url(), "votes": post.score, "shown_as": post.byline,
            "at": post.created_at, "edited_at": post.edited_at, "is_hidden": post.is_hidden,
            "taken_back_at": post.removed_at,
        }  # fmt: skip


@takes_along("votes", _("What you voted for"))
def votes(person: Person) -> Iterator[Row]:
    cast = Vote.objects.filter(person=person).select_related("post__thread__merged_into").order_by("pk")
    for vote in cast.iterator():
        yield {"thread": vote.post.thread.title, "url": vote.post.get_absolute_url(), "at": vote.created_at}


@takes_along("threads_you_follow", _("Threads that you follow or have muted"))
def follows(person: Person) -> Iterator[Row]:
    for follow in Follow.objects.filter(person=person).select_related("thread__merged_into").order_by("pk"):
        thread = follow.thread
        yield {"thread": thread.title, "url": thread.get_absolute_url(), "level": follow.level, "at": follow.created_at}
    for muting in Muting.objects.filter(person=person).select_related("thread__merged_into").order_by("pk"):
        thread = muting.thread
        yield {"thread": thread.title, "url": thread.get_absolute_url(), "level": "mute", "at": muting.created_at}


@takes_along("drafts", _("What you began to write"))
def drafts(person: Person) -> Any:
    columns = ("place", "title", "text", "chosen", "updated_at")
    return Draft.objects.filter(person=person).order_by("pk").values(*columns)


@takes_along("suggested_changes", _("Changes that you suggested"))
def suggestions(person: Person) -> Iterator[Row]:
    made = Suggestion.objects.filter(by=person).select_related("post__thread__merged_into").order_by("pk")
    for row in made:
        told = {"title": row.title, "text": row.source, "reason": row.reason, "state": row.state}
        yield {"url": row.post.get_absolute_url(), **told, "at": row.created_at}
