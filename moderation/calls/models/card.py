"""That the context card of a call was on an agent's screen: only then may they answer."""

from django.db import models
from django.utils import timezone

from community.people.models import Person


class Card(models.Model):
    """An agent has seen who calls, and what about."""

    call = models.ForeignKey("calls.Call", on_delete=models.CASCADE, related_name="cards")
    agent = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    shown_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "agent"], name="one_card_per_call_and_agent")]

    def __str__(self) -> str:
        return f"card of call {self.call_id}"
