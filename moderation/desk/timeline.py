"""What was said about an item, in its order: the public posts and the team's notes, told apart by their kind."""

from dataclasses import dataclass
from datetime import datetime

from forums.threads.models import Post
from moderation.queue.models import Item, Note


@dataclass(frozen=True)
class Said:
    """One entry: either a post that everybody reads or a note that only the team reads, never both."""

    at: datetime
    post: Post | None = None
    note: Note | None = None


def timeline_of(item: Item) -> list[Said]:
    """Posts and notes by time. Three queries at most, whatever their number."""
    notes = [Said(note.created_at, note=note) for note in item.notes.select_related("author")]
    if item.thread_id is None:
        return notes
    posts = item.thread.all_posts.select_related("thread", "author", "solution", "hiding", "approval__asked")
    said = [Said(post.created_at, post=post) for post in posts]
    return sorted(said + notes, key=lambda entry: entry.at)


def newest_answer(timeline: list[Said]) -> int:
    """The number of the newest answer on this page; what is newer, the reader has not seen."""
    answers = [
        said.post.pk
        for said in timeline
        if said.post and said.post.kind == Post.Kind.ANSWER and not said.post.is_hidden
    ]
    return max(answers, default=0)
