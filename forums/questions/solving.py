"""Solved for the asker, verified by staff: two signals that are never mixed."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.catalogue.models import ProductVersion
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


class SolvableQuestion:
    """What a question can do about its solutions."""

    pk: int
    thread: Any
    solutions: Any
    verifications: Any
    solved_at: Any
    verified_at: Any
    verified_for: str
    save: Any

    def can_accept(self, person: Any) -> bool:
        """Only the asker says what solved it."""
        return person.is_authenticated and person.pk == self.thread.author_id

    def can_verify(self, person: Any) -> bool:
        """Staff who may vouch for answers about this product."""
        brand = self.thread.product.brand.slug if self.thread.product else None
        return person.is_authenticated and person.can(Capability.VERIFY_ANSWERS, brand)

    @transaction.atomic
    def accept(self, post: Post, *, by: Person, environment: str = "") -> HeldChange | None:
        """ "This solved it", said by the asker, for an environment. Several answers may solve several environments.

        It is solved at once; the words about the environment may have to wait for a look, and are answered then.
        """
        self._refuse_unless(self.can_accept(by), _("Only the person who asked can say what solved it."))
        self._refuse_wrong_answer(post)
        self.thread.refuse_when_locked()
        self._refuse_solution_of_another(post)
        verdict = check(environment, by=by, where="remark").enforce()
        said = "" if verdict.is_held else environment
        _row, is_new = self.solutions.get_or_create(post=post, defaults={"by": by, "environment": said})
        if not is_new:
            return None
        self.keep_state()
        self.drop_need(by=by)
        record(Verb.SOLUTION_ACCEPTED, actor=by, subject=post, environment=said)
        if not verdict.is_held:
            return None
        words = {"environment": environment}
        return HeldChange.objects.hold(post, "environment", words, by=by, because=verdict.held_because)

    @transaction.atomic
    def withdraw_solution(self, post: Post, *, by: Person) -> None:
        """The asker takes it back."""
        self._refuse_unless(self.can_accept(by), _("Only the person who asked can take this back."))
        self.thread.refuse_when_locked()
        if self.solutions.filter(post=post).delete()[0]:
            self.keep_state()
            record(Verb.SOLUTION_WITHDRAWN, actor=by, subject=post)

    @transaction.atomic
    def verify(self, post: Post, *, by: Person, product_version: ProductVersion | None = None) -> None:
        """Staff vouch for an answer, for one version of the product."""
        self._refuse_unless(self.can_verify(by), _("Only the team can verify answers."))
        self._refuse_wrong_answer(post)
        if product_version and product_version.product_id != self.thread.product_id:
            raise Refusal(_("That version belongs to another product."), code="other_product", status=422)
        _row, is_new = self.verifications.model.objects.get_or_create(
            post=post,
            product_version=product_version,
            defaults={"question_id": post.thread_id, "by": by, "alias": team_name_of(by, to=self.thread.author)},
        )
        if is_new:
            self.keep_state()
            record(Verb.ANSWER_VERIFIED, actor=by, subject=post, version=str(product_version or ""))

    @transaction.atomic
    def withdraw_verification(self, post: Post, *, by: Person) -> None:
        """Staff no longer vouch for it."""
        self._refuse_unless(self.can_verify(by), _("Only the team can take a verification back."))
        if self.verifications.model.objects.filter(post=post, question__in=self._read_here()).delete()[0]:
            self.keep_state()
            record(Verb.VERIFICATION_WITHDRAWN, actor=by, subject=post)

    @transaction.atomic
    def keep_state_without(self, post: Post) -> None:
        """After an answer went out of sight: no longer solved by it, and the asker is told by the event."""
        was_solved = self.solved_at is not None
        self.keep_state()
        if was_solved and self.solved_at is None:
            record(Verb.SOLUTION_LOST, actor=post.author, subject=self.thread, post=post.pk)

    def _refuse_unless(self, allowed: bool, sentence: str) -> None:
        if not allowed:
            raise Refusal(sentence, code="not_allowed", status=403)

    def _refuse_wrong_answer(self, post: Post) -> None:
        is_here = self.pk in (post.thread_id, post.thread.merged_into_id)
        if not is_here or post.kind != Post.Kind.ANSWER or post.is_hidden or post.removed_at:
            raise Refusal(_("That is not an answer to this question."), code="not_an_answer", status=422)

    def _refuse_solution_of_another(self, post: Post) -> None:
        other = self.solutions.model.objects.filter(post=post).exclude(question=self.pk).select_related("by").first()
        if other:
            sentence = _("It is marked already: it solved this for %(name)s.") % {"name": other.by.name}
            raise Refusal(sentence, code="marked_by_other")

    def _read_here(self) -> Any:
        return type(self.thread).objects.read_with(self.thread).values("pk")

    def keep_state(self) -> None:
        """Keep whether it is solved, and for what the team last vouched, as readers of its page see it now."""
        locked = type(self).objects.select_for_update().get(pk=self.pk)  # type: ignore[attr-defined]
        was_solved, self.solved_at = locked.is_solved, locked.solved_at
        seen = {"post__is_hidden": False, "post__removed_at__isnull": True, "post__thread__in": self._read_here()}
        is_solved = self.solutions.filter(**seen).exists()
        self.solved_at = (self.solved_at or timezone.now()) if is_solved else None
        latest = (
            self.verifications.model.objects.filter(**seen)
            .select_related("product_version")
            .order_by("-created_at")
            .first()
        )
        self.verified_at = latest.created_at if latest else None
        self.verified_for = str(latest.product_version or "") if latest else ""
        self.save(update_fields=["solved_at", "verified_at", "verified_for"])
        if was_solved != is_solved and self.thread.product_id:
            self.thread.product.count_solved(+1 if is_solved else -1)
        purge_thread(self.thread)
