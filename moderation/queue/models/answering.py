"""Saying something about an item: to the customer in public, or to the team only. Two verbs that never meet."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.policy.gate import check
from community.refusals import Refusal
from community.text.markdown import to_html
from forums.threads.models import Draft, Post
from forums.threads.replying import answer
from moderation.queue.models.claim import refuse_without_queue
from moderation.queue.models.note import Note


class AnswerableItem:
    """What an item can do about words."""

    pk: int
    thread: Any
    touch: Any
    watch: Any

    @transaction.atomic
    def answer(
        self,
        source: str,
        *,
        by: Person,
        seen: int,
        anyway: str = "",
        from_note: Note | None = None,
        canned: Collection[int] = (),
    ) -> Post:
        """Answer in public under the persona of `by`, who has seen the answers up to the one numbered `seen`.

        Raises Stale with the newer answer when there is one. `anyway` says why it went out all the same.
        """
        refuse_without_queue(by)
        if self.thread is None:
            raise Refusal("This is a private conversation. Reply in it, not in public.", code="private", status=422)
        post = answer(self.thread, by=by, source=source, as_staff=True, seen=seen, canned=canned)
        if not post.is_hidden:
            self.watch(by=by)
        if anyway:
            record(Verb.ANSWER_SENT_ANYWAY, actor=by, subject=post, item=self.pk, reason=anyway)
        if from_note:
            record(Verb.NOTE_PUBLISHED, actor=by, subject=self, note=from_note.pk, post=post.pk)  # type: ignore[arg-type]
        return post

    @transaction.atomic
    def note(self, source: str, *, by: Person) -> Note:
        """Tell the team something; no customer ever sees it."""
        refuse_without_queue(by)
        check(source, by=by, where="note").enforce()
        note = Note.objects.create(item_id=self.pk, author=by, source=source, html=to_html(source))
        Draft.objects.filter(person=by, place=f"note:{self.pk}").delete()
        self.touch()
        record(Verb.NOTE_WRITTEN, actor=by, subject=self, note=note.pk)  # type: ignore[arg-type]
        return note
