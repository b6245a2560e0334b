"""Posts and profiles before a moderator."""

import hashlib
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.people.models import Person
from forums.threads.models import Post, Revision, Thread
from moderation.flags.subjects import Subject, reviewed


@reviewed("post", Post)
class ReviewedPost(Subject):
    """An opening (and with it its thread), an answer or a comment."""

    label = gettext_lazy("Post")
    icon = "message-square"

    @property
    def deeds(self) -> tuple[str, ...]:  # type: ignore[override]
        """A whole thread can be moved and merged; a review is about its product."""
        is_thread = self.row.kind == Post.Kind.OPENING and self.row.thread.kind != Thread.Kind.REVIEW
        shape = ("move", "merge") if is_thread else ()
        return ("hide", "delete", "edit", "lock", *shape, "warn", "silence", "suspend", "ban", "spam")

    @property
    def title(self) -> str:
        title = str(self.row.thread.title)
        if self.row.kind == Post.Kind.OPENING:
            return title
        kind = _("Answer in “%(title)s”") if self.row.kind == Post.Kind.ANSWER else _("Comment in “%(title)s”")
        return kind % {"title": title}

    @property
    def concerns(self) -> Person | None:
        author: Person = self.row.author
        return author

    @property
    def version(self) -> str:
        return f"{self.row.version}"

    @property
    def brand(self) -> str:
        product = self.row.thread.product
        return product.brand.slug if product else ""

    @property
    def text(self) -> str:
        return str(self.row.source)

    @property
    def reach(self) -> int:
        thread = self.row.thread
        return int(thread.follower_count + thread.answer_count)

    def wording(self, version: str) -> str:
        """Version 1 is revision 1 until it was changed; the newest wording is the post's own."""
        if version == self.version:
            return self.text
        revision = Revision.objects.filter(post=self.row, number=version if version.isdigit() else 0).first()
        return revision.source if revision else ""

    def is_seen_by(self, person: Any) -> bool:
        return Post.objects.visible_to(person).filter(pk=self.row.pk, removed_at__isnull=True).exists()


@reviewed("profile", Person)
class ReviewedProfile(Subject):
    """A person's page: the name and what they say about themselves."""

    label = gettext_lazy("Profile")
    icon = "user"
    deeds = ("warn", "silence", "suspend", "ban", "spam")

    @property
    def concerns(self) -> Person | None:
        person: Person = self.row
        return person

    @property
    def url(self) -> str:
        return f"/people/{self.row.username}/"

    @property
    def version(self) -> str:
        """Profiles have no number: the words themselves are the version, in short."""
        return fingerprint(f"{self.row.username}\n{self.row.about}")

    @property
    def text(self) -> str:
        return str(self.row.about)

    @property
    def reach(self) -> int:
        return 1

    def wording(self, version: str) -> str:
        return self.text if version == self.version else ""

    def is_seen_by(self, person: Any) -> bool:
        return bool(self.row.is_active) and not self.row.is_suspended


def fingerprint(text: str) -> str:
    """Sixteen letters that change with the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
