"""An automation: when · if · then, in force, in the shadow or off, with an owner and a version for each change."""

from datetime import timedelta
from typing import Any, Self

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.verbs import Verb
from community.people.models import Person
from community.policy.models.rule import Rule, RuleVersion, State
from community.refusals import Refusal

HOUR = timedelta(hours=1)
MOST_HOURS = 24 * 30


class AutomationQuerySet(models.QuerySet["Automation"]):
    """Which automations, and how one begins."""

    def at_work(self) -> Self:
        """In force, or counting in the shadow."""
        return self.filter(state__in=[State.SHADOW, State.ON]).order_by("pk")

    @transaction.atomic
    def write(self, *, by: Any, why: str, **fields: Any) -> "Automation":
        """Begin one; whoever begins it is told when it stops itself."""
        row = self.model(owner=by)
        row.take(by=by, why=why, **fields)
        return row


class Automation(Rule):
    """One automation. `conditions` and `acts` are small facts by the names of `conditions.py` and `acts/`."""

    name = models.CharField(max_length=80)
    trigger = models.CharField(max_length=30, help_text="a key of TRIGGERS")
    hours = models.PositiveSmallIntegerField(default=0, help_text="for triggers of waiting")
    conditions = models.JSONField(default=dict, blank=True)
    acts = models.JSONField(default=dict, blank=True)
    most_an_hour = models.PositiveSmallIntegerField(default=30, help_text="then it switches itself off")
    owner = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="automations")
    in_force_since = models.DateTimeField(null=True, blank=True, help_text="what was due before is let be")

    objects = AutomationQuerySet.as_manager()

    CHANGED = Verb.AUTOMATION_CHANGED
    KEPT = ("name", "trigger", "hours", "conditions", "acts", "most_an_hour", "state")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("moderation:automation-detail", args=[self.pk])

    @property
    def key(self) -> str:
        """How events, cases and decisions name it."""
        return f"automation:{self.pk}"

    @property
    def machine(self) -> str:
        """The same with its version, for what it decides."""
        return f"{self.key}@{self.version}"

    @property
    def is_in_force(self) -> bool:
        return self.state == State.ON

    def refuse_faulty(self) -> None:
        """It does something, and not without an end."""
        if not self.acts:
            raise Refusal(_("Choose what it does."), code="no_act", status=422)
        if not 1 <= self.most_an_hour <= 1000:
            raise Refusal(_("From 1 to 1000 an hour."), code="out_of_bounds", status=422)
        if self.hours > MOST_HOURS:
            raise Refusal(_("At most 720 hours."), code="out_of_bounds", status=422)
        if self.state != State.OFF and (self.in_force_since is None or self._was_off()):
            self.in_force_since = timezone.now()

    def _was_off(self) -> bool:
        return self.pk is None or Automation.objects.filter(pk=self.pk, state=State.OFF).exists()

    def is_too_busy(self) -> bool:
        """Whether it has run as often within an hour as it may."""
        recent = self.runs.filter(created_at__gt=timezone.now() - HOUR, is_shadow=False)
        return int(recent.count()) >= self.most_an_hour

    def stop(self) -> None:
        """It switches itself off: nobody meant that many."""
        why = _("It ran %(n)s times within an hour and switched itself off.") % {"n": self.most_an_hour}
        self.take(by=None, why=why, state=State.OFF)


class AutomationVersion(RuleVersion):
    """The automation as it was from then on."""

    rule = models.ForeignKey(Automation, on_delete=models.CASCADE, related_name="versions")

    class Meta(RuleVersion.Meta):
        verbose_name = gettext_lazy("version")
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="a_version_once_per_automation")]

    def __str__(self) -> str:
        return f"{self.rule} {self.number}"
