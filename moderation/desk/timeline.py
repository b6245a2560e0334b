"""What was said about an item, in its order: the public posts and the team's notes, told apart by their kind."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from community.prepared import PreparedRow
from forums.threads.models import Post, Thread
from moderation.queue.models import Item, Note


@dataclass(frozen=True)
class Said:
    """One entry: either a post that everybody reads or a note that only the team reads, never both."""

    at: datetime
    post: Post | None = None
    note: Note | None = None


def timeline_of(item: Item) -> list[Said]:
    """Posts and notes by time. Two queries, whatever their number."""
    notes = [Said(note.created_at, note=note) for note in notes_of.all(item=item.pk)]
    if item.thread is None:
        return notes
    home = item.thread.merged_into_id or item.thread.pk
    said = [Said(post.created_at, post=post) for post in posts_on.all(home=home)]
    return sorted(said + notes, key=lambda entry: entry.at)


def _posts_on(home: int) -> QuerySet[Post]:
    """Every post that is read on the page of a thread, in its order."""
    posts = Post.objects.filter(thread__in=Thread.objects.read_on(home).values("pk"))
    return posts.select_related("thread", "author", "solution", "hiding", "approval__asked")


posts_on = PreparedRow(_posts_on, home=int)
notes_of = PreparedRow(lambda item: Note.objects.filter(item=item).select_related("author"), item=int)


def newest_answer(timeline: list[Said]) -> int:
    """The number of the newest answer on this page; what is newer, the reader has not seen."""
    answers = [
        said.post.pk
        for said in timeline
        if said.post and said.post.kind == Post.Kind.ANSWER and not said.post.is_hidden
    ]
    return max(answers, default=0)
