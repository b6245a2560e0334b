"""One try to reach a customer on the phone, by whom, and what came of it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.people.models import Person


class Attempt(models.Model):
    """Somebody accepted a call. It is open until they say how it went."""

    class Outcome(models.TextChoices):
        REACHED = "reached", _("Reached")
        NO_ANSWER = "no_answer", _("No answer")
        WRONG_NUMBER = "wrong_number", _("Wrong number")

    callback = models.ForeignKey("callbacks.Callback", on_delete=models.CASCADE, related_name="attempts")
    agent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    card_at = models.DateTimeField(default=timezone.now, help_text="when the context card was shown to them")
    sequence = models.PositiveSmallIntegerField(default=0, help_text="of the booking: a new slot has tries of its own")
    accepted_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome.choices, blank=True)
    note = models.CharField(max_length=500, blank=True, help_text="for the team")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["callback"],
                condition=models.Q(accepted_at__isnull=False, outcome=""),
                name="one_call_at_a_time_per_callback",
            ),
            models.UniqueConstraint(
                fields=["callback", "agent"],
                condition=models.Q(accepted_at__isnull=True),
                name="one_card_per_callback_and_agent",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}, {self.outcome or 'not over'}"
