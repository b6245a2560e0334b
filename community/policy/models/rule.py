"""What all rules of the gate have in common: off, in the shadow or in force, and a version for every change."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal, Stale


class State(models.TextChoices):
    """How far a rule goes."""

    OFF = "off", gettext_lazy("Off")
    SHADOW = "shadow", gettext_lazy("Shadow: it counts and does nothing")
    ON = "on", gettext_lazy("In force")


class Rule(models.Model):
    """One rule of the gate. Its concrete model has `versions`, `hits` and `trials`, and names what a version keeps."""

    State = State
    CHANGED: Verb
    KEPT: tuple[str, ...] = ()

    state = models.CharField(max_length=10, choices=State.choices, default=State.SHADOW)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    versions: Any

    class Meta:
        abstract = True

    @property
    def is_shadow(self) -> bool:
        return self.state == State.SHADOW

    @transaction.atomic
    def rewrite(self, *, by: Any, why: str, version: int, **fields: Any) -> None:
        """Change it from now on. Raises Stale when somebody else has changed it since `version`."""
        row = type(self)._default_manager.select_for_update().get(pk=self.pk)
        if row.version != version:
            raise Stale(row)
        row.take(by=by, why=why, **fields)
        self.refresh_from_db()

    def take(self, *, by: Any, why: str, **fields: Any) -> None:
        """These fields from now on, as the next version. `by` is None for a command."""
        if by is not None and not by.can(Capability.MODERATE):
            raise Refusal(_("Only moderators write rules."), code="not_allowed", status=403)
        if not why.strip():
            raise Refusal(_("Say why, for whoever looks at this rule next."), code="reason_missing", status=422)
        for name, value in fields.items():
            setattr(self, name, value)
        self.refuse_faulty()
        self.version, self.changed_at = self.version + 1, timezone.now()
        self.save()
        self.versions.create(number=self.version, settings=self.as_kept(), by=by, why=why.strip()[:300])
        facts = {"version": self.version, "state": self.state, "reason": why.strip()[:200]}
        record(self.CHANGED, actor=by, subject=self, **facts)

    def as_kept(self) -> dict[str, Any]:
        """What a version remembers."""
        return {name: getattr(self, name) for name in self.KEPT}

    def refuse_faulty(self) -> None:
        """Raise a Refusal when it cannot work as it is; most rules always can."""


class RuleVersion(models.Model):
    """A rule as it was from then on, who changed it, and why. The concrete model names its `rule`."""

    number = models.PositiveIntegerField()
    settings = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-number"]
