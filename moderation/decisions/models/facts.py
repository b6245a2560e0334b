"""Facts to choose from: how a moderator says what happens every day, so that everybody is told in good words."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.refusals import Refusal
from moderation.flags.models import HouseRule
from moderation.flags.models.claiming import refuse_unless_moderator


class FactTemplateQuerySet(models.QuerySet["FactTemplate"]):
    """Which ones."""

    def in_force(self) -> Self:
        return self.filter(retired_at__isnull=True).select_related("rule").order_by("rule__position", "title")

    @transaction.atomic
    def keep(self, *, by: Any, rule: HouseRule, title: str, text: str) -> "FactTemplate":
        """One more to choose from, or the one of this name in other words."""
        refuse_unless_moderator(by)
        if not (title.strip() and text.strip()):
            raise Refusal(_("It needs a name and a text."), code="empty", status=422)
        fields = {"text": text.strip(), "by": by, "retired_at": None}
        row, _is_new = self.update_or_create(rule=rule, title=title.strip(), defaults=fields)
        record(Verb.FACTS_KEPT, actor=by, subject=row, rule=rule.slug)
        return row


class FactTemplate(models.Model):
    """A text for one rule. What was decided with it keeps its words."""

    rule = models.ForeignKey(HouseRule, on_delete=models.CASCADE, related_name="fact_templates")
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=1000)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = FactTemplateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "title"], name="one_fact_template_per_rule_and_title")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.title}"

    @transaction.atomic
    def retire(self, *, by: Any) -> None:
        """Nobody chooses it any longer."""
        refuse_unless_moderator(by)
        self.retired_at = timezone.now()
        self.save(update_fields=["retired_at"])
        record(Verb.FACTS_RETIRED, actor=by, subject=self)
