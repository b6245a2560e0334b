"""The checks of the gate as rules: in force, in the shadow or off, with numbers, and a version for each change."""

from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from community.events.verbs import Verb
from community.policy.models.rule import Rule, RuleVersion, State
from community.policy.ruling import CHECKED, Ruled
from community.prepared import PreparedRow
from community.refusals import Refusal


class CheckRuleQuerySet(models.QuerySet["CheckRule"]):
    """Which checks have been changed or have met something, and how one gets its row."""

    @transaction.atomic
    def begun(self, key: str) -> "CheckRule":
        """The row of a check: version 1 is the check as it was set up."""
        row, is_new = self.get_or_create(key=key, defaults={"state": State.ON, "version": 1})
        if is_new:
            row.versions.create(number=1, settings=row.as_kept(), why=_("As it was set up."))
        return row

    def of(self, key: str) -> "CheckRule":
        """The row, or the check as it is set up while nobody has changed it."""
        return changed_one.get(key=key) or CheckRule(key=key, state=State.ON, version=1)

    def by_key(self) -> dict[str, "CheckRule"]:
        """All that have a row."""
        return {row.key: row for row in changed.all()}


class CheckRule(Rule):
    """One check. `numbers` are those that somebody has changed; all others are what the settings say."""

    key = models.CharField(max_length=40, unique=True)
    numbers = models.JSONField(default=dict, blank=True)

    objects = CheckRuleQuerySet.as_manager()

    CHANGED = Verb.CHECK_CHANGED

    def __str__(self) -> str:
        return str(self.ruled.label) if self.key in CHECKED else self.key

    def get_absolute_url(self) -> str:
        return reverse("moderation:check-detail", args=[self.key])

    @property
    def ruled(self) -> Ruled:
        """What the check is, and which numbers it has."""
        return CHECKED[self.key]

    @property
    def named_numbers(self) -> list[tuple[Any, int]]:
        """Each number with what it is called."""
        return [(one.label, self.number(one.key)) for one in self.ruled.numbers]

    def number(self, name: str) -> int:
        """One of its numbers."""
        return int(self.numbers.get(name, self.ruled.named(name).usual))

    def as_kept(self) -> dict[str, Any]:
        return {"state": str(self.state), "numbers": {one.key: self.number(one.key) for one in self.ruled.numbers}}

    def refuse_faulty(self) -> None:
        """Every number within its bounds."""
        for one in self.ruled.numbers:
            if not one.least <= self.number(one.key) <= one.most:
                sentence = _("%(name)s: from %(least)s to %(most)s.")
                told = {"name": one.label, "least": one.least, "most": one.most}
                raise Refusal(sentence % told, code="out_of_bounds", status=422)


changed = PreparedRow(CheckRule.objects.all)
changed_one = PreparedRow(lambda key: CheckRule.objects.filter(key=key), key=str)


class CheckRuleVersion(RuleVersion):
    """The check as it was from then on."""

    rule = models.ForeignKey(CheckRule, on_delete=models.CASCADE, related_name="versions")

    class Meta(RuleVersion.Meta):
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="a_version_once_per_check")]

    def __str__(self) -> str:
        return f"{self.rule} {self.number}"
