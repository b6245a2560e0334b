"""When a rule says "take this private?": each showing is counted, and so is what the agent made of it."""

from typing import Self

from django.db import models, transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from forums.threads.models import Thread


class ShowingQuerySet(models.QuerySet["Showing"]):
    """Which showings."""

    def waiting(self) -> Self:
        """Nobody has decided yet."""
        return self.filter(state=Showing.State.SHOWN)

    def figures(self) -> models.QuerySet:
        """Per rule: how often it was shown, taken up and dismissed."""
        return (
            self.values("rule")
            .annotate(
                shown=models.Count("id"),
                accepted=models.Count("id", filter=models.Q(state=Showing.State.ACCEPTED)),
                dismissed=models.Count("id", filter=models.Q(state=Showing.State.DISMISSED)),
            )
            .order_by("rule")
        )


class Showing(models.Model):
    """One rule fired on one thread. It fires once; the agent takes the hint or dismisses it."""

    class State(models.TextChoices):
        SHOWN = "shown"
        ACCEPTED = "accepted"
        DISMISSED = "dismissed"

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="guidance_showings")
    rule = models.CharField(max_length=40)
    reason = models.CharField(max_length=200, help_text="a sentence for the agent; it never repeats the data it saw")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ShowingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "rule"], name="a_rule_fires_once_per_thread")]

    @transaction.atomic
    def accept(self, *, by: Person) -> None:
        """The agent followed the hint and invited the customer."""
        self._decide(self.State.ACCEPTED, by, Verb.GUIDANCE_ACCEPTED)

    @transaction.atomic
    def dismiss(self, *, by: Person) -> None:
        """The agent knows better. The strip does not come back."""
        self._decide(self.State.DISMISSED, by, Verb.GUIDANCE_DISMISSED)

    def _decide(self, state: str, by: Person, verb: Verb) -> None:
        if self.state != self.State.SHOWN:
            return
        self.state, self.decided_by, self.decided_at = state, by, timezone.now()
        self.save(update_fields=["state", "decided_by", "decided_at"])
        record(verb, actor=by, subject=self.thread, rule=self.rule)


class Guideline(models.Model):
    """A supervisor's own setting of a rule: whether it fires, and the wording it proposes."""

    rule = models.CharField(max_length=40, unique=True)
    is_on = models.BooleanField(default=True)
    wording = models.TextField(max_length=1000)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
