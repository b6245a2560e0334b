"""Rules of words: what the gate makes of a word, a phrase or an expression, and where. Every change is a version."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.people.roles import Capability
from community.policy.matching import fault_in, spans
from community.refusals import Refusal, Stale

WHAT_IS_WRONG = {
    "long": gettext_lazy("The expression is too long. Make several rules of it."),
    "wrong": gettext_lazy("This is no regular expression. Look for a bracket without its partner."),
    "empty": gettext_lazy("This expression fits every text, for it also fits nothing at all."),
    "slow": gettext_lazy(
        "This expression takes too long on long texts. Avoid repeats inside of repeats, such as (a+)+."
    ),
}


class WordRuleQuerySet(models.QuerySet["WordRule"]):
    """Which rules of words, and how one begins."""

    def at_work(self) -> Self:
        """Those that the gate asks: in force, or counting in the shadow."""
        return self.filter(state__in=[WordRule.State.SHADOW, WordRule.State.ON]).order_by("pk")

    @transaction.atomic
    def write(self, *, by: Any, why: str, **fields: Any) -> "WordRule":
        """Begin a rule. Raises a Refusal for an expression that is none, or that takes too long."""
        rule = self.model()
        rule._take(by=by, why=why, **fields)
        return rule


class WordRule(models.Model):
    """One rule. It holds whole words unless it says otherwise: a rule for "ass" lets "class" pass."""

    class Kind(models.TextChoices):
        WORDS = "words", gettext_lazy("Words and phrases")
        REGEX = "regex", gettext_lazy("Regular expression")

    class Action(models.TextChoices):
        HINT = "hint", gettext_lazy("Publish, and put it up for review")
        HOLD = "hold", gettext_lazy("Hold until somebody has looked")
        REFUSE = "refuse", gettext_lazy("Refuse, and say why")
        COVER = "cover", gettext_lazy("Black out the words and publish the rest")

    class State(models.TextChoices):
        OFF = "off", gettext_lazy("Off")
        SHADOW = "shadow", gettext_lazy("Shadow: it counts and does nothing")
        ON = "on", gettext_lazy("In force")

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.WORDS)
    pattern = models.TextField(max_length=4000, help_text="one word or phrase a line, or one expression")
    is_whole_word = models.BooleanField(default=True)
    parts = ArrayField(models.CharField(max_length=20), help_text="where it looks, see doors.Part")
    action = models.CharField(max_length=10, choices=Action.choices, default=Action.HOLD)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHADOW)
    reason = models.CharField(max_length=300, help_text="for the person whose words it stops")
    points = models.PositiveSmallIntegerField(default=20, help_text="in the review queue")
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    slow_count = models.PositiveIntegerField(default=0, help_text="texts on which it ran out of time")

    objects = WordRuleQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    KEPT = ("name", "kind", "pattern", "is_whole_word", "parts", "action", "state", "reason", "points")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/desk/rules/words/{self.pk}/"

    @property
    def key(self) -> str:
        """How cases and decisions name it."""
        return f"words:{self.pk}"

    @property
    def is_shadow(self) -> bool:
        return self.state == self.State.SHADOW

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where its words stand in a text. Raises OutOfTime."""
        return spans(self.kind, self.pattern, self.is_whole_word, text)

    @transaction.atomic
    def rewrite(self, *, by: Any, why: str, version: int, **fields: Any) -> None:
        """Change it from now on. Raises Stale when somebody else has changed it since `version`."""
        row = WordRule.objects.select_for_update().get(pk=self.pk)
        if row.version != version:
            raise Stale(row)
        row._take(by=by, why=why, **fields)
        self.refresh_from_db()

    def _take(self, *, by: Any, why: str, **fields: Any) -> None:
        if by is not None and not by.can(Capability.MODERATE):
            raise Refusal(_("Only moderators write rules."), code="not_allowed", status=403)
        if not why.strip():
            raise Refusal(_("Say why, for whoever looks at this rule next."), code="reason_missing", status=422)
        for name, value in fields.items():
            setattr(self, name, value)
        if self.kind == self.Kind.REGEX and (fault := fault_in(self.pattern)):
            raise Refusal(str(WHAT_IS_WRONG[fault]), code=f"expression_{fault}", status=422)
        self.version, self.changed_at = self.version + 1, timezone.now()
        self.save()
        settings = {name: getattr(self, name) for name in self.KEPT}
        self.versions.create(number=self.version, settings=settings, by=by, why=why.strip()[:300])
        facts = {"version": self.version, "state": self.state, "reason": why.strip()[:200]}
        record(Verb.WORD_RULE_CHANGED, actor=by, subject=self, **facts)


class WordRuleVersion(models.Model):
    """The rule as it was from then on, who changed it, and why."""

    rule = models.ForeignKey(WordRule, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    settings = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="a_version_once_per_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.number}"
