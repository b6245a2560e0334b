"""Editing posts: the earlier wording is kept, and nobody overwrites what they have not seen."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.policy.gate import Verdict, check
from community.policy.models import HeldChange
from community.refusals import Refusal, Stale
from community.text.markdown import to_html
from forums.threads.indexing import index_now
from forums.threads.models.approval import refuse_to_reword
from forums.threads.models.draft import Draft
from forums.threads.models.revision import Revision
from forums.threads.models.thread import Thread
from forums.threads.purging import purge_thread
from forums.threads.showing_files import show_files
from forums.threads.speaking import persona_of

DOORS = {Thread.Kind.REVIEW: "review_edit", Thread.Kind.ARTICLE: "article"}
"""The doors of the gate for new words of an opening; all else comes in by `edit`."""


class EditablePost:
    """What a post can do about being edited."""

    pk: int
    kind: str
    source: str
    html: str
    version: int
    author: Any
    author_id: int
    thread: Any
    created_at: Any
    edited_at: Any
    removed_at: Any
    is_of_an_article: bool
    save: Any
    hold: Any

    def is_editable_by(self, person: Any) -> bool:
        """Authors edit their own posts; moderators edit any but a review, of which nobody else changes a word.

        Articles are edited by their editors.
        """
        if not person.is_authenticated or self.removed_at:
            return False
        if self.kind == "opening" and self.thread.kind == Thread.Kind.REVIEW and person.pk != self.author_id:
            return False
        if self.is_of_an_article:
            return bool(self.thread.is_edited_by(person))
        return person.can(Capability.MODERATE) or (person.pk == self.author_id and not self.thread.home.is_locked)

    @transaction.atomic
    def edit(
        self,
        source: str,
        *,
        by: Person,
        version: int,
        title: str = "",
        reason: str = "",
        keep: Collection[str] = (),
        looked_at: bool = False,
    ) -> HeldChange | None:
        """Change the text, and with the opening the title. The old wording becomes a revision.

        What the gate holds waits for a look, and the answer is the change that waits; `looked_at` says that somebody
        has looked. A text that nobody sees yet is changed at once, and goes on waiting.
        Raises Stale when the post is no longer at `version`, Refusal when the person or the gate says no.
        """
        current = type(self).objects.select_for_update().get(pk=self.pk)  # type: ignore[attr-defined]
        if not current.is_editable_by(by):
            raise Refusal(_("Only the author and moderators can edit this post."), code="not_yours", status=403)
        if current.version != version:
            raise Stale(current)
        new_title = title if self.kind == "opening" and title else self.thread.title
        if source == current.source and new_title == self.thread.title:
            return None
        refuse_to_reword(current, source, by)
        heading = new_title if self.kind == "opening" else ""
        where = DOORS.get(self.thread.kind, "edit") if self.kind == "opening" else "edit"
        verdict = check(source, title=heading, by=by, where=where, keep=keep).enforce()
        new_title, source = verdict.cover(new_title), verdict.cover(source)
        verdict |= check(reason, by=by, where="remark", keep=keep).enforce()
        Draft.objects.filter(person=by, place=f"edit:{self.pk}").delete()
        if verdict.is_held and not looked_at and not current.is_hidden:
            return self.hold_wording(new_title, source, by=by, reason=reason, verdict=verdict)
        HeldChange.objects.withdraw(current, "wording", by=by)
        self.reword(current, new_title, source, by=by, reason=reason, verdict=Verdict() if looked_at else verdict)
        return None

    def hold_wording(
        self, title: str, source: str, *, by: Person, reason: str, verdict: Verdict, suggested: bool = False
    ) -> HeldChange:
        """Let a new wording wait for a look, with the one that it was made from."""
        facts = {"base": self.source, "version": self.version, "reason": reason, "suggested": suggested}
        texts = {"source": source, **({"reason": reason} if reason else {})}
        if self.kind == "opening":
            texts, facts = {"title": title, **texts}, {**facts, "base_title": self.thread.title}
        row: Any = self
        return HeldChange.objects.hold(row, "wording", texts, by=by, because=verdict.held_because, **facts)

    def reword(
        self,
        current: Any,
        title: str,
        source: str,
        *,
        by: Person,
        reason: str,
        verdict: Verdict,
        suggested: bool = False,
    ) -> None:
        """Put a checked text into the locked post, and keep what it said. Whoever wrote it is named with it."""
        self._keep_wording(current, reason)
        current.source, current.html = source, to_html(source)
        current.edited_at, current.version = timezone.now(), current.version + 1
        current.editor = None if by.pk == current.author_id else by
        current.edited_as = persona_of(by) if current.editor else ""
        current.is_suggested = suggested
        current.save()
        show_files(current, by=by)
        if self.kind == "opening":
            self._retitle(title, source)
        self.source, self.html, self.version, self.edited_at = source, current.html, current.version, current.edited_at
        purge_thread(self.thread)
        index_now(self.thread)
        if verdict.is_held:
            self.hold(**verdict.held_because, by=by)
        record(Verb.POST_EDITED, actor=by, subject=self, reason=reason, **verdict.hints)  # type: ignore[arg-type]

    def _keep_wording(self, current: Any, reason: str) -> None:
        last = Revision.objects.filter(post_id=self.pk).order_by("-number").first()
        Revision.objects.create(
            post_id=self.pk,
            number=last.number + 1 if last else 1,
            title=self.thread.title if self.kind == "opening" else "",
            source=current.source,
            editor=current.editor or current.author,
            alias=current.edited_as if current.editor_id else current.alias,
            is_suggested=current.is_suggested,
            reason=reason,
            created_at=current.edited_at or current.created_at,
        )

    def _retitle(self, title: str, source: str) -> None:
        self.thread.title = title
        if self.thread.kind != Thread.Kind.ARTICLE:  # whose address is a name of its own, moved by its editors
            self.thread.slug = Thread.slug_for(title)
        self.thread.excerpt = Thread.excerpt_of(self.thread.kind, source)
        self.thread.save(update_fields=["title", "slug", "excerpt"])
