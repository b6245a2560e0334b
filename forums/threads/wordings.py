"""The history of a post: each wording with who wrote it, when and why, and what the team has blacked out."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString

from community.text.diffs import diff_html
from forums.threads.models import Post, Redaction


@dataclass
class Wording:
    """One wording of a post, and what it changed in the one before."""

    number: int
    person: Any
    alias: str
    at: datetime
    is_suggested: bool
    reason: str
    diff: SafeString | str
    title_diff: SafeString | str = ""

    @property
    def is_first(self) -> bool:
        return self.number == 1


def history_of(post: Post) -> list[Wording | Redaction]:
    """The newest first, with the redactions at their times."""
    texts = [*post.revisions.select_related("editor__persona"), Now(post)]
    told: list[Any] = [first(texts[0])]
    for before, after in pairwise(texts):
        told.append(
            Wording(
                number=len(told) + 1,
                person=after.editor,
                alias=after.alias,
                at=after.created_at,
                is_suggested=after.is_suggested,
                reason=before.reason,
                diff=diff_html(before.source, after.source),
                title_diff=diff_html(before.title, after.title) if before.title != after.title else "",
            )
        )
    redactions = list(post.redactions.select_related("by__persona"))
    return sorted([*told, *redactions], key=when, reverse=True)


class Now:
    """The text as it is now, as the last of its wordings."""

    def __init__(self, post: Post) -> None:
        self.title = post.thread.title if post.kind == Post.Kind.OPENING else ""
        self.source, self.reason, self.is_suggested = post.source, "", post.is_suggested
        self.editor = post.editor or post.author
        self.alias = post.edited_as if post.editor_id else post.alias
        self.created_at = post.edited_at or post.created_at


def first(text: Any) -> Wording:
    """The wording it began with."""
    return Wording(1, text.editor, text.alias, text.created_at, False, "", text.source)


def when(row: Any) -> datetime:
    """The time of a wording or a redaction."""
    moment: datetime = row.created_at if isinstance(row, Redaction) else row.at
    return moment
