"""Changing an article: the words through the trunk's edit, with its history, and for whom it is."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.policy.models import HeldChange
from community.refusals import Stale
from forums.articles.lead import parted
from forums.articles.together import together
from forums.articles.writing import PLACE, Said
from forums.threads.indexing import index_now
from forums.threads.models import Draft, Post, Revision
from forums.threads.purging import purge_thread


class RevisedArticle:
    """What an article can do about being changed."""

    pk: int
    thread: Any
    versions: Any
    language: str
    owner: Any
    review_on: Any
    save: Any
    move_to: Any
    refresh_from_db: Any
    refuse_unless_editor: Any
    say_in_threads: Any

    @transaction.atomic
    def revise(
        self, said: Said, *, by: Person, version: int, reason: str = "", keep: Collection[str] = ()
    ) -> HeldChange | None:
        """Say it anew. What another editor has changed since `version` in other paragraphs stays.

        What the gate holds of new words waits for a look, and the answer is the change that waits.
        Raises Stale when both changed the same paragraph, Refusal when the person or the gate says no.
        """
        self.refuse_unless_editor(by)
        thread = self.thread
        post = thread.posts.select_for_update(of=("self",)).select_related("thread", "author").get(kind="opening")
        title, source = brought_together(post, said, version)
        names = said.names(by)
        was = thread.title
        waits = post.edit(source, by=by, version=post.version, title=title, reason=reason, keep=keep)
        thread.refresh_from_db()
        if thread.title != was:
            self.move_to(thread.title)
        self.language, self.owner, self.review_on = said.language, said.owner, said.review_on
        self.save(update_fields=["language", "owner", "review_on"])
        self.versions.set(said.versions)
        thread.tags.set(names)
        Draft.objects.drop(by=by, place=f"{PLACE}:{self.pk}")
        purge_thread(thread, product=said.product)
        self.__dict__.pop("opening", None)
        self.refresh_from_db()
        purge_thread(self.thread)
        index_now(self.thread)
        self.say_in_threads(by)
        record(Verb.ARTICLE_REVISED, actor=by, subject=thread)
        return waits

    @transaction.atomic
    def bring_back(self, revision: Revision, *, by: Person, reason: str) -> HeldChange | None:
        """Let it say again what it said once: a new wording, and nothing is deleted."""
        post = self.thread.posts.get(kind="opening")
        summary, text = parted(revision.source)
        said = Said(
            revision.title or self.thread.title, summary, text, product=self.thread.product,
            versions=tuple(self.versions.all()), language=self.language, owner=self.owner, review_on=self.review_on,
            tags=tuple(self.thread.tags.names()),
        )  # fmt: skip
        return self.revise(said, by=by, version=post.version, reason=reason)


def brought_together(post: Post, said: Said, version: int) -> tuple[str, str]:
    """Title and text with what others have changed since `version`; Stale when that cannot be.

    Where something was blacked out, no machine brings texts together.
    """
    if post.version == version:
        return said.title, said.source
    base = base_of(post, version)
    if base is None:
        raise Stale(post)
    title = said.title if base.title in (post.thread.title, said.title) else None
    title = post.thread.title if base.title == said.title else title
    source = together(base.source, said.source, post.source)
    if title is None or source is None:
        raise Stale(post)
    return title, source


def base_of(post: Post, version: int) -> Revision | None:
    """What it said in that version: each change keeps one wording, unless something was blacked out."""
    if post.redactions.exists():
        return None
    return post.revisions.filter(number=version).first()
