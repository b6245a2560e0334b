"""A customer asks for somebody by name: the item waits for them, at most until its time is over, then for everybody."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.prepared import PreparedRow
from community.refusals import Refusal
from moderation.queue.models.calendar import Promise
from moderation.queue.models.claim import refuse_without_queue


class Preference(models.Model):
    """The item waits for this person by name until then. Answering, closing or handing over deletes the row."""

    item = models.OneToOneField("queue.Item", on_delete=models.CASCADE, related_name="preference")
    agent = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["until"], name="preference_due"),
            models.Index(fields=["agent", "until"], name="preference_by_agent"),
        ]


class HandOver(models.Model):
    """Somebody had it by name and has it no longer: who, to whom, and the note that goes with it."""

    class Reason(models.TextChoices):
        LATE = "late"  # its time was over
        BY_HAND = "by_hand"

    item = models.ForeignKey("queue.Item", on_delete=models.CASCADE, related_name="hand_overs")
    agent = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    note = models.CharField(max_length=500, blank=True)
    waited_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-id"]


hand_over_of = PreparedRow(
    lambda item: HandOver.objects.filter(item=item).select_related("agent", "to", "by")[:1], item=int
)


class PreferredItem:
    """What an item can do about being somebody's by name."""

    State: Any
    pk: int
    state: str
    _state: Any
    hold: Any
    touch: Any
    wake: Any
    reopen: Any
    hand_overs: Any
    hours: Any
    kind: str

    @property
    def preferred(self) -> Preference | None:
        """For whom it waits by name."""
        try:
            return self.preference  # type: ignore[attr-defined,no-any-return]
        except ObjectDoesNotExist:
            return None

    @property
    def last_hand_over(self) -> HandOver | None:
        """Who had it by name last, when nobody has it so any longer."""
        return hand_over_of.get(item=self.pk)

    @transaction.atomic
    def prefer(self, agent: Person, *, by: Person, at: datetime | None = None) -> Preference:
        """The customer asked for the agent: it waits for them until the promised time to answer is over."""
        asked_at = at or timezone.now()
        if self.state in (self.State.CLOSED, self.State.WATCHING):
            self.reopen(by=by, reason="asked_for", since=asked_at)
        elif self.state == self.State.SNOOZED:
            self.wake(by=by)
        until = self.hours().after(asked_at, Promise.objects.for_kind(self.kind).respond)
        row, _is_new = Preference.objects.update_or_create(
            item_id=self.pk, defaults={"agent": agent, "until": until, "created_at": asked_at}
        )
        self.forget_preference()
        self.touch()
        return row

    def drop_preference(self) -> bool:
        """Nobody in particular any more. Answers whether somebody was."""
        is_gone = bool(Preference.objects.filter(item_id=self.pk).delete()[0])
        self.forget_preference()
        return is_gone

    def forget_preference(self) -> None:
        """Read the preference anew when it is next asked for."""
        self._state.fields_cache.pop("preference", None)

    @transaction.atomic
    def hand_over(self, *, by: Person | None, note: str = "", to: Person | None = None) -> HandOver:
        """To everybody, or to a colleague. Without `by` its time was over. The note stays with the item."""
        self.hold()
        self.forget_preference()
        preference = self.preferred
        if by is not None:
            refuse_without_queue(by)
            self._refuse_hand_over(preference, by, note, to)
        if preference is None:
            raise Refusal("Nobody has this by name.", code="nobody")
        fields = {
            "agent": preference.agent, "to": to, "by": by, "note": note.strip()[:500],
            "reason": HandOver.Reason.BY_HAND if by else HandOver.Reason.LATE, "waited_until": preference.until,
        }  # fmt: skip
        row: HandOver = self.hand_overs.create(**fields)
        if to is None:
            self.drop_preference()
        else:
            Preference.objects.filter(item_id=self.pk).update(agent=to)
            self.forget_preference()
        self.touch()
        facts = {"agent": preference.agent_id, "to": to.pk if to else None, "reason": row.note}
        record(Verb.ITEM_HANDED_OVER, actor=by, subject=self, **facts)  # type: ignore[arg-type]
        return row

    def _refuse_hand_over(self, preference: Preference | None, by: Person, note: str, to: Person | None) -> None:
        if preference and preference.agent_id != by.pk and not by.can(Capability.ASSIGN_OTHERS):
            raise Refusal("Only who has it by name, or a supervisor, hands it over.", code="not_yours", status=403)
        if not note.strip():
            raise Refusal("Write a note, so that the next one knows where it stands.", code="note_missing", status=422)
        if to and not type(self).objects.visible_to(to).filter(pk=self.pk).exists():  # type: ignore[attr-defined]
            raise Refusal(f"{to} does not work on this brand.", code="wrong_brand", status=422)
