"""Posts, profiles, and changes that wait, before a moderator."""

import hashlib
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.people.models import Person
from community.policy.changing import Waiting, publish_change, waiting_of
from community.policy.models import HeldChange
from community.text.diffs import diff_html
from community.text.mentions import profile_url
from community.text.quoting import quotable
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
        return kind % {"title": quotable(title)}

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

    def let_through(self, by: Any) -> None:
        if self.row.is_held:
            self.row.restore(by=by)


@reviewed("profile", Person)
class ReviewedProfile(Subject):
    """A person's page: the name, the picture, and what they say about themselves."""

    label = gettext_lazy("Profile")
    icon = "user"

    @property
    def deeds(self) -> tuple[str, ...]:  # type: ignore[override]
        """A picture can be taken down where there is one."""
        picture = ("picture",) if self.row.picture else ()
        return (*picture, "warn", "silence", "suspend", "ban", "spam")

    @property
    def concerns(self) -> Person | None:
        person: Person = self.row
        return person

    @property
    def url(self) -> str:
        return profile_url(self.row.username)

    @property
    def version(self) -> str:
        """Profiles have no number: the words themselves are the version, in short."""
        return fingerprint("\n".join(filter(None, (f"{self.row.username}\n{self.row.about}", self.row.picture))))

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


@reviewed("change", HeldChange)
class ReviewedChange(Subject):
    """Words that wait for a look while others still stand in their place."""

    label = gettext_lazy("Change")
    icon = "pencil"
    deeds = ("decline", "warn", "silence", "suspend", "ban", "spam")
    always = ("decline",)

    @cached_property
    def waiting(self) -> Waiting | None:
        """What it is about; None when that is gone."""
        return waiting_of(self.row)

    @property
    def title(self) -> str:
        return self.waiting.title if self.waiting else _("A change of something that is gone")

    @property
    def concerns(self) -> Person | None:
        person: Person = self.row.by
        return person

    @property
    def url(self) -> str:
        return self.waiting.url if self.waiting and not self.waiting.is_private else ""

    @property
    def version(self) -> str:
        return fingerprint(self.text)

    @property
    def brand(self) -> str:
        return self.waiting.brand if self.waiting else ""

    @property
    def text(self) -> str:
        return "\n\n".join(self.row.texts.values())

    @property
    def differences(self) -> list[tuple[str, Any]]:
        """Each field that becomes another one: its name, and what changes in it."""
        rows = self.waiting.rows if self.waiting else []
        return [(name, diff_html(before, after)) for name, before, after in rows]

    def is_seen_by(self, person: Any) -> bool:
        return bool(person.pk == self.row.by_id)

    def let_through(self, by: Any) -> None:
        if self.row.is_waiting:
            publish_change(self.row, by=by)


def fingerprint(text: str) -> str:
    """Sixteen letters that change with the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
