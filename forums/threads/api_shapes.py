"""Posts as programs read them: what the page shows, with the author's label as it was when they wrote."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _

from community.addresses import absolute
from community.api.shapes import Author
from community.policy.expecting import expected
from forums.threads.models import Post


@dataclass
class SolvedBy:
    """The asker says that this solved it."""

    name: str
    environment: str
    at: datetime


@dataclass
class Vouched:
    """The team vouches for an answer, for one version of the product or for all."""

    name: str
    version: str
    at: datetime


@dataclass
class PostTold:
    """A text that somebody wrote: the opening of a thread, an answer, or a comment. `waiting` is empty for what
    everybody can read; else it says that a person looks at it first, and how long that usually takes."""

    id: int
    thread: int
    kind: Literal["opening", "answer", "comment"]
    parent: int | None
    author: Author
    text: str
    html: str
    votes: int
    is_attempt: bool
    is_taken_back: bool
    waiting: str
    version: int
    created_at: datetime
    edited_at: datetime | None
    url: str
    solved: SolvedBy | None = None
    verified: list[Vouched] = field(default_factory=list)
    comments: list["PostTold"] = field(default_factory=list)


def author_of(post: Post) -> Author:
    """Who wrote it, under the name and the label of that time."""
    return Author(post.byline, post.label, str(post.tie), absolute(post.author_path))  # type: ignore[arg-type]


def waiting_words() -> str:
    """What the writer of a held text is told."""
    return _("A person looks at it before everybody can see it, %(when)s.") % {"when": expected()}


def post_told(post: Post, **marks: Any) -> PostTold:
    """One post. Of what its author has taken back nothing is left but the place."""
    gone = post.removed_at is not None
    return PostTold(
        id=post.pk,
        thread=post.thread_id,
        kind=post.kind,
        parent=post.parent_id,
        author=Author("", "", "", "") if gone else author_of(post),
        text="" if gone else post.source,
        html="" if gone else post.html,
        votes=post.score,
        is_attempt=post.is_attempt,
        is_taken_back=gone,
        waiting=waiting_words() if post.is_hidden and not gone else "",
        version=post.version,
        created_at=post.created_at,
        edited_at=post.edited_at,
        url=absolute(post.get_absolute_url()),
        **marks,
    )
