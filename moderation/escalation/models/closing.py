"""Closing a conversation, and opening it again while it is fresh."""

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from moderation.escalation.channels.email import mail_closing
from moderation.escalation.models.channel import Channel, refuse_without_offering
from moderation.escalation.models.survey import Survey

REOPEN_WITHIN = timedelta(days=14)  # AC-PRIV-9


class Closing(models.Model):
    """A conversation was closed: by whom, with which result. Reopening ends the row, closing again makes a new one."""

    class Result(models.TextChoices):
        SOLVED = "solved", gettext_lazy("Solved")
        WORKAROUND = "workaround", gettext_lazy("Works around it")
        NOT_SOLVED = "not_solved", gettext_lazy("Could not be solved")
        NO_ANSWER = "no_answer", gettext_lazy("No answer from the customer")
        BY_CUSTOMER = "by_customer", gettext_lazy("Closed by the customer")

    conversation = models.ForeignKey("escalation.Conversation", on_delete=models.CASCADE, related_name="closings")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=12, choices=Result.choices)
    note = models.CharField(max_length=500, blank=True, help_text="for the team")
    created_at = models.DateTimeField(auto_now_add=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=models.Q(reopened_at__isnull=True),
                name="one_open_closing_per_conversation",
            )
        ]

    @property
    def may_reopen_until(self) -> Any:
        return self.created_at + REOPEN_WITHIN


class ClosableConversation:
    """What a conversation can do about its end."""

    State: Any
    pk: int
    item: Any
    customer_id: int
    state: str
    thread: Any
    closings: Any
    is_closed: bool
    promised_at: Any
    moved_at: Any
    lock: Any
    save: Any
    has_leg: Any
    promise: Any
    show_state: Any
    propose_outcome: Any
    tell_thread_it_is_private: Any
    tell_thread_it_is_closed: Any

    @property
    def closing(self) -> Closing | None:
        """The closing in force."""
        return self.closings.filter(reopened_at__isnull=True).last()

    @property
    def is_reopenable(self) -> bool:
        """Closed, and fresh enough to go on."""
        closing = self.closing
        return closing is not None and timezone.now() <= closing.may_reopen_until

    @transaction.atomic
    def close(
        self, *, by: Person, result: str = Closing.Result.BY_CUSTOMER, note: str = "", why_no_survey: str = ""
    ) -> Closing:
        """The matter is settled, by either side. The customer is asked once how it was, or `why_no_survey`."""
        self.lock()
        is_customer = by.pk == self.customer_id
        if not is_customer:
            refuse_without_offering(by, self.item.brand)
        if self.is_closed:
            raise Refusal(_("This conversation is closed already."), code="closed")
        result = Closing.Result.BY_CUSTOMER if is_customer else result
        closing = self.closings.create(by=by, result=result, note=note)
        self.state, self.promised_at, self.moved_at = self.State.CLOSED, None, timezone.now()
        self.save(update_fields=["state", "promised_at", "moved_at"])
        self.show_state()
        self.item.close(by=None if is_customer else by, reason=result)
        self.tell_thread_it_is_closed(by=by)
        record(Verb.CONVERSATION_CLOSED, actor=by, subject=self, result=result)  # type: ignore[arg-type]
        survey = Survey.objects.ask_about(closing, why_not=why_no_survey, by=by)
        if self.has_leg(Channel.MAIL) and not is_customer:
            mail_closing(closing, survey)
        return closing

    @transaction.atomic
    def close_with_summary(
        self, *, by: Person, result: str, note: str = "", summary: str = "", ask: bool = True, why_no_survey: str = ""
    ) -> Closing:
        """What the team's form does: close, and propose a public summary when there is one. Both or neither."""
        closing = self.close(by=by, result=result, note=note, why_no_survey="" if ask else why_no_survey)
        if summary.strip():
            self.propose_outcome(summary, by=by)
        return closing

    @transaction.atomic
    def reopen(self, *, by: Person | None, reason: str = "") -> None:
        """Something is still open. Possible for 14 days; later it is a new matter."""
        self.lock()
        closing = self.closing
        if not self.is_closed or closing is None:
            return
        if not self.is_reopenable:
            raise Refusal(
                _("This was closed more than 14 days ago. Please start a new request; we can see the old one."),
                code="too_old",
            )
        if by is not None and by.pk != self.customer_id:
            refuse_without_offering(by, self.item.brand)
        closing.reopened_at, closing.reopened_by = timezone.now(), by
        closing.save(update_fields=["reopened_at", "reopened_by"])
        self.state, self.moved_at, self.promised_at = self.State.WAITING_FOR_TEAM, timezone.now(), self.promise()
        self.save(update_fields=["state", "moved_at", "promised_at"])
        self.show_state()
        self.item.reopen(by=by, reason=reason or "reopened")
        self.tell_thread_it_is_private(by=by)
        record(Verb.CONVERSATION_REOPENED, actor=by, subject=self, reason=reason)  # type: ignore[arg-type]
