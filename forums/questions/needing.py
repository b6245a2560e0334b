"""The team needs to know something from the asker before it can help: asked for, answered, or closed after a while."""

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.distance import team_name_of
from community.people.models import Person
from community.people.roles import Capability
from community.policy.gate import check
from community.policy.models import HeldChange
from community.refusals import Refusal
from forums.threads.models import Post
from forums.threads.purging import purge_thread

REMIND_AFTER, CLOSE_AFTER = timedelta(days=7), timedelta(days=14)  # AC-ASK-7


class NeedsInfo(models.Model):
    """What the team asked the asker for, and how it ended: answered, taken back, or closed after two weeks."""

    question = models.ForeignKey("questions.Question", on_delete=models.CASCADE, related_name="needs")
    what = models.CharField(max_length=120)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    alias = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="nobody answered; answering later opens it again")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=models.Q(answered_at__isnull=True, taken_back_at__isnull=True),
                name="one_open_need_per_question",
            )
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(answered_at__isnull=True, taken_back_at__isnull=True, closed_at__isnull=True),
                name="need_by_age",
            )
        ]

    def __str__(self) -> str:
        return self.what

    @transaction.atomic
    def remind(self) -> None:
        """A week without an answer: ask once more."""
        row = self._hold()
        if row.reminded_at is None and row.is_waiting:
            row.reminded_at = timezone.now()
            row.save(update_fields=["reminded_at"])
            record(Verb.NEEDS_INFO_REMINDED, actor=None, subject=row.question.thread, need=row.pk)

    @transaction.atomic
    def close(self) -> None:
        """Two weeks without an answer: closed, until the asker says more."""
        row = self._hold()
        if row.is_waiting:
            row.closed_at = timezone.now()
            row.save(update_fields=["closed_at"])
            row.question.keep_need("", closed_at=row.closed_at)
            record(Verb.QUESTION_CLOSED, actor=None, subject=row.question.thread, need=row.pk)

    @property
    def is_waiting(self) -> bool:
        return not (self.answered_at or self.taken_back_at or self.closed_at)

    def _hold(self) -> "NeedsInfo":
        return type(self).objects.select_for_update(of=("self",)).select_related("question__thread").get(pk=self.pk)


class NeedyQuestion:
    """What a question can do about something that its asker has to tell."""

    pk: int
    thread: Any
    needs: Any
    solutions: Any
    info_wanted: str
    closed_at: Any

    def may_ask_back(self, person: Any) -> bool:
        """The team of its brand."""
        brand = self.thread.product.brand.slug if self.thread.product else None
        return person.is_authenticated and person.can(Capability.ANSWER_AS_STAFF, brand)

    @property
    def need(self) -> NeedsInfo | None:
        """What the asker still has to tell; also when it was closed over it."""
        return self.needs.filter(answered_at=None, taken_back_at=None).first()

    @transaction.atomic
    def ask_back(self, what: str, *, by: Person) -> NeedsInfo | HeldChange:
        """Ask the asker for something, such as "phone model". Asked again, the time begins anew.

        What the gate holds is asked once somebody has looked.
        """
        if not self.may_ask_back(by):
            raise Refusal(_("Only the team asks the asker back."), code="not_allowed", status=403)
        what = " ".join(what.split())[:120]
        if not what:
            raise Refusal(_("Say what you need to know."), code="empty", status=422)
        self.thread.refuse_when_locked()
        if self.solutions.exists():
            raise Refusal(_("The asker says that it is solved. Write a comment instead."), code="solved")
        verdict = check(what, by=by, where="remark").enforce()
        if verdict.is_held:
            opening = self.thread.posts.get(kind=Post.Kind.OPENING)
            return HeldChange.objects.hold(opening, "need", {"what": what}, by=by, because=verdict.held_because)
        return self.put_need(what, by=by)

    def put_need(self, what: str, *, by: Person) -> NeedsInfo:
        """What is needed, on the page; the time for an answer begins."""
        self.needs.filter(answered_at=None, taken_back_at=None).update(taken_back_at=timezone.now())
        need: NeedsInfo = self.needs.create(what=what, by=by, alias=team_name_of(by, to=self.thread.author))
        self.keep_need(what)
        record(Verb.NEEDS_INFO_ASKED, actor=by, subject=self.thread, need=need.pk)
        return need

    @transaction.atomic
    def take_back_need(self, *, by: Person) -> None:
        """It is not needed any more."""
        if not self.may_ask_back(by):
            raise Refusal(_("Only the team can take this back."), code="not_allowed", status=403)
        self.drop_need(by=by)

    def drop_need(self, *, by: Person) -> None:
        """Nothing is waited for any more: the team knows enough, or the asker says what solved it."""
        if self.needs.filter(answered_at=None, taken_back_at=None).update(taken_back_at=timezone.now()):
            self.keep_need("")
            record(Verb.NEEDS_INFO_TAKEN_BACK, actor=by, subject=self.thread)

    @transaction.atomic
    def info_given(self, *, by: Person) -> None:
        """The asker said more, on the page or by mail, or opened it again: it is open, and back with the team."""
        if self.needs.filter(answered_at=None, taken_back_at=None).update(answered_at=timezone.now()):
            self.keep_need("")
            record(Verb.NEEDS_INFO_ANSWERED, actor=by, subject=self.thread)

    def keep_need(self, what: str, closed_at: Any = None) -> None:
        """The kept state, for pages and lists."""
        self.info_wanted, self.closed_at = what, closed_at
        type(self).objects.filter(pk=self.pk).update(info_wanted=what, closed_at=closed_at)  # type: ignore[attr-defined]
        purge_thread(self.thread)
