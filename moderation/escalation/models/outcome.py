"""What the public may learn of a private conversation: nothing that the customer has not approved word by word."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.distance import team_name_of
from community.people.models import Person
from community.policy.gate import check
from community.policy.models import HeldChange
from community.refusals import Refusal
from forums.threads.models import Post
from moderation.escalation.models.channel import refuse_without_offering


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    """Which outcomes."""

    def waiting(self) -> Self:
        return self.filter(state=Outcome.State.PROPOSED)


class Outcome(models.Model):
    """A public summary that an agent proposes. `text` becomes what the customer approved; until then it is private."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        APPROVED = "approved"
        REFUSED = "refused"

    conversation = models.ForeignKey("escalation.Conversation", on_delete=models.CASCADE, related_name="outcomes")
    proposed = models.TextField(max_length=1000, help_text="as the agent wrote it")
    text = models.TextField(max_length=1000, help_text="as the customer approved it")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    alias = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=models.Q(state="proposed"),
                name="one_waiting_outcome_per_conversation",
            )
        ]

    @transaction.atomic
    def approve(self, *, by: Person, text: str = "") -> HeldChange | None:
        """The customer agrees to these words, perhaps after changing them. Only now do they appear in public.

        What the gate holds appears once somebody has looked; until then the customer can say something else.
        """
        row = self._lock_waiting(by)
        words = (text or row.proposed).strip()
        verdict, opening = check(words, by=by, where="outcome").enforce(), opening_of(row.conversation.thread)
        if verdict.is_held:
            held = verdict.held_because
            return HeldChange.objects.hold(opening, "approved", {"text": words}, by=by, because=held, outcome=row.pk)
        HeldChange.objects.withdraw(opening, "approved", by=by)
        row.put(words, by=by)
        return None

    def put(self, words: str, *, by: Person) -> None:
        """The words that the customer approved, in public."""
        row = self
        row.text = words
        row._decide(self.State.APPROVED)
        thread = row.conversation.thread
        end_notices(thread, "private", by=by)
        thread.post_notice("outcome", words, by=row.by)
        record(Verb.OUTCOME_APPROVED, actor=by, subject=thread, outcome=row.pk, edited=words != row.proposed)

    @property
    def opening(self) -> Post:
        """What it will stand beside."""
        return opening_of(self.conversation.thread)

    @transaction.atomic
    def refuse(self, *, by: Person) -> None:
        """The customer keeps it private."""
        row = self._lock_waiting(by)
        HeldChange.objects.withdraw(opening_of(row.conversation.thread), "approved", by=by)
        row._decide(self.State.REFUSED)
        record(Verb.OUTCOME_REFUSED, actor=by, subject=row.conversation.thread, outcome=row.pk)

    def _lock_waiting(self, by: Person) -> "Outcome":
        row = type(self).objects.select_for_update(of=("self",)).select_related("conversation__thread").get(pk=self.pk)
        if row.conversation.customer_id != by.pk:
            raise Refusal(_("Only the customer can decide this."), code="not_yours", status=404)
        if row.state != self.State.PROPOSED:
            raise Refusal(_("You have decided this already."), code="decided")
        return row

    def _decide(self, state: str) -> None:
        self.state, self.decided_at = state, timezone.now()
        self.save(update_fields=["state", "decided_at", "text"])


class TellableConversation:
    """What a conversation can do about being known of in public."""

    pk: int
    item: Any
    thread: Any
    customer: Any
    outcomes: Any

    @property
    def proposal(self) -> Outcome | None:
        """The summary that waits for the customer's word."""
        return self.outcomes.waiting().last()

    @transaction.atomic
    def propose_outcome(self, text: str, *, by: Person) -> Outcome | HeldChange:
        """Propose what the thread may say. The customer approves, edits or refuses; first the gate may want a look."""
        refuse_without_offering(by, self.item.brand)
        if self.thread is None:
            raise Refusal(_("There is no public thread to tell."), code="no_thread", status=422)
        if not text.strip():
            raise Refusal(_("Write what the thread may say."), code="empty", status=422)
        if self.proposal:
            raise Refusal(_("A summary is waiting for the customer already."), code="already_proposed")
        verdict, opening = check(text, by=by, where="outcome").enforce(), opening_of(self.thread)
        if verdict.is_held:
            words, held = {"text": text.strip()}, verdict.held_because
            return HeldChange.objects.hold(opening, "outcome", words, by=by, because=held, conversation=self.pk)
        HeldChange.objects.withdraw(opening, "outcome", by=by)
        return self.put_proposal(text.strip(), by=by)

    @property
    def held_proposal(self) -> HeldChange | None:
        """The summary that waits for a look before the customer is asked."""
        about = HeldChange.objects.waiting().filter(kind="outcome", facts__conversation=self.pk)
        return about.first()

    def put_proposal(self, text: str, *, by: Person) -> Outcome:
        """The customer is asked from now on."""
        outcome: Outcome = self.outcomes.create(
            proposed=text, text=text, by=by, alias=team_name_of(by, to=self.customer)
        )
        record(Verb.OUTCOME_PROPOSED, actor=by, subject=self, outcome=outcome.pk)  # type: ignore[arg-type]
        return outcome

    def tell_thread_it_is_private(self, *, by: Person | None) -> None:
        """The thread says that it is being handled privately, and since when; everybody may go on there."""
        if self.thread is None:
            return
        end_notices(self.thread, "outcome", by=by, text=closed_privately())
        now = timezone.localtime()
        since = {"time": date_format(now, "H:i"), "day": date_format(now, "j F")}
        text = _("This is being handled privately since %(time)s on %(day)s. Answers are still welcome.") % since
        self.thread.post_notice("private", text, by=by)

    def tell_thread_it_is_closed(self, *, by: Person) -> None:
        """The thread says that it is over, and not how: that waits for the customer's approval."""
        if self.thread is None:
            return
        end_notices(self.thread, "private", by=by)
        if not self.outcomes.filter(state=Outcome.State.APPROVED).exists():
            self.thread.post_notice("outcome", closed_privately(), by=by)


def opening_of(thread: Any) -> Post:
    """What the summary stands beside: moderators of its product look at words that wait."""
    opening: Post = thread.home.posts.get(kind=Post.Kind.OPENING)
    return opening


def closed_privately() -> str:
    """All that a thread says while no summary is approved."""
    return _("This was closed privately.")


def end_notices(thread: Any, kind: str, *, by: Person | None, text: str | None = None) -> None:
    """Take the thread's open notices of a kind off the page; with `text`, only those that say it."""
    notices = thread.notices.filter(kind=kind, ended_at__isnull=True)
    for notice in notices.filter(text=text) if text else notices:
        notice.end(by=by)
