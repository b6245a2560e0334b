"""Hiding, holding, publishing and taking back posts. Counters follow what readers can see."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from forums.threads.counting import recount
from forums.threads.indexing import index_now
from forums.threads.models.approval import refuse_unread
from forums.threads.models.hiding import Hiding
from forums.threads.tallying import tally

AT_ONCE = "Taken back by its author as soon as it was sent."


class HideablePost:
    """What a post can do about being seen."""

    pk: int
    kind: str
    author_id: int
    thread: Any
    thread_id: int
    is_hidden: bool
    removed_at: Any
    save: Any

    @property
    def is_held(self) -> bool:
        """Waiting for a decision of the gate, hidden by nobody."""
        return self.is_hidden and not Hiding.objects.filter(post_id=self.pk).exists()

    @transaction.atomic
    def hold(self, reasons: list[str], *, by: Person, rules: Sequence[dict[str, Any]] = (), door: str = "") -> None:
        """It waits for a decision, by these checks of the gate. `rules` say more of each, for the case."""
        self._set_hidden(True)
        facts: dict[str, Any] = {"reasons": reasons} | ({"rules": list(rules)} if rules else {})
        facts |= {"door": door} if door else {}
        record(Verb.POST_HELD, actor=by, subject=self, **facts)  # type: ignore[arg-type]

    @transaction.atomic
    def hide(self, *, by: Person | None, reason: str, for_good: bool = False, rule: str = "") -> None:
        """Take the post out of sight. With the opening goes the thread; `for_good` its address is told to be gone.

        `rule` names what decided when no person did.
        """
        if not reason.strip():
            raise Refusal(_("Say why, so that the author can be told."), code="reason_missing", status=422)
        _row, is_new = Hiding.objects.get_or_create(
            post_id=self.pk,
            defaults={
                "thread_id": self.thread_id,
                "by": by,
                "rule": rule,
                "reason": reason[:500],
                "is_for_good": for_good,
            },
        )
        if is_new:
            self._set_hidden(True)
            facts = {"reason": reason, "for_good": for_good, "rule": rule}
            record(Verb.POST_HIDDEN, actor=by, subject=self, **facts)  # type: ignore[arg-type]

    @transaction.atomic
    def restore(self, *, by: Person | None) -> None:
        """Bring a hidden or held post back into sight."""
        if self.kind == "opening" and self.removed_at:
            raise Refusal(_("Its author took it back as soon as it was sent, so it stays away."), code="taken_back")
        refuse_unread(self)
        was_hiding = Hiding.objects.filter(post_id=self.pk).delete()[0]
        if self.is_hidden:
            self._set_hidden(False)
            verb = Verb.POST_RESTORED if was_hiding else Verb.POST_PUBLISHED
            record(verb, actor=by, subject=self)  # type: ignore[arg-type]

    @transaction.atomic
    def show(self, is_shown: bool = True) -> None:
        """Into sight, or out of it, because its kind says so: an article is published, or a draft again."""
        self._set_hidden(not is_shown)

    @transaction.atomic
    def remove(self, *, by: Person, at_once: bool = False) -> None:
        """The author takes an answer or comment back; its place stays, its text is gone from sight.

        `at_once`: it had only just been sent (`undoing`), and then a whole question goes as well.
        """
        if by.pk != self.author_id:
            raise Refusal(_("Only the author can take a post back."), code="not_yours", status=403)
        if self.kind == "opening" and not at_once:
            raise Refusal(
                _("A question with answers belongs to its readers too. Ask the team to hide it."), code="opening"
            )
        if self.removed_at is None:
            self.removed_at = timezone.now()
            self.save(update_fields=["removed_at"])
            if self.kind == "opening":
                Hiding.objects.create(
                    post_id=self.pk, thread_id=self.thread_id, by=by, reason=AT_ONCE, is_for_good=True
                )
                self._set_hidden(True)
            recount(self.thread)
            index_now(self.thread)
            record(Verb.POST_REMOVED, actor=by, subject=self)  # type: ignore[arg-type]

    def _set_hidden(self, is_hidden: bool) -> None:
        self.is_hidden = is_hidden
        self.save(update_fields=["is_hidden"])
        if self.kind == "opening" and not self.thread.merged_into_id:
            type(self.thread).objects.filter(merged_into=self.thread_id).update(is_hidden=is_hidden)
            recount(self.thread, is_hidden=is_hidden)
        else:
            recount(self.thread)
        tally(self.thread)
        index_now(self.thread)
