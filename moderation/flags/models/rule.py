"""The house rules: what people are asked to keep to. Flags choose one, decisions rest on one."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone

from community.events.recording import record
from community.events.verbs import Verb
from community.people.roles import Capability
from community.refusals import Refusal


class HouseRuleQuerySet(models.QuerySet["HouseRule"]):
    """Which rules."""

    def in_force(self) -> Self:
        """Those that people can be held to now, in the order in which they are published."""
        return self.filter(retired_at__isnull=True).order_by("position", "pk")


class HouseRule(models.Model):
    """One rule as it is published. Statements keep its words as they were, so it may be written anew."""

    slug = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=80)
    text = models.CharField(max_length=500)
    severity = models.PositiveSmallIntegerField(default=20, help_text="points in the queue, 0 to 100")
    is_sensitive = models.BooleanField(default=False, help_text="hard to look at: pictures are veiled and counted")
    is_nameless = models.BooleanField(default=False, help_text="a notice about it needs no name (child safety)")
    position = models.PositiveSmallIntegerField(default=50)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = HouseRuleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def rewrite(self, *, by: Any, **fields: Any) -> None:
        """Publish it in other words, or with another weight."""
        if by is not None and not by.can(Capability.MODERATE):
            raise Refusal("Only community managers write the house rules.", code="not_allowed", status=403)
        for name, value in fields.items():
            setattr(self, name, value)
        self.save()
        record(Verb.HOUSE_RULE_CHANGED, actor=by, subject=self, fields=sorted(fields))

    def retire(self, *, by: Any) -> None:
        """Nobody is held to it from now on; what was decided by it stays."""
        self.rewrite(by=by, retired_at=timezone.now())
