"""Rules of words: what the gate makes of a word, a phrase or an expression, and where. Every change is a version."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils.translation import gettext_lazy

from community.events.verbs import Verb
from community.policy.matching import fault_in, spans
from community.policy.models.rule import Rule, RuleVersion, State
from community.refusals import Refusal

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
        return self.filter(state__in=[State.SHADOW, State.ON]).order_by("pk")

    @transaction.atomic
    def write(self, *, by: Any, why: str, **fields: Any) -> "WordRule":
        """Begin a rule. Raises a Refusal for an expression that is none, or that takes too long."""
        rule = self.model()
        rule.take(by=by, why=why, **fields)
        return rule


class WordRule(Rule):
    """One rule. It holds whole words unless it says otherwise: a rule for "ass" lets "class" pass."""

    class Kind(models.TextChoices):
        WORDS = "words", gettext_lazy("Words and phrases")
        REGEX = "regex", gettext_lazy("Regular expression")

    class Action(models.TextChoices):
        HINT = "hint", gettext_lazy("Publish, and put it up for review")
        HOLD = "hold", gettext_lazy("Hold until somebody has looked")
        REFUSE = "refuse", gettext_lazy("Refuse, and say why")
        COVER = "cover", gettext_lazy("Black out the words and publish the rest")

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.WORDS)
    pattern = models.TextField(max_length=4000, help_text="one word or phrase a line, or one expression")
    is_whole_word = models.BooleanField(default=True)
    parts = ArrayField(models.CharField(max_length=20), help_text="where it looks, see doors.Part")
    action = models.CharField(max_length=10, choices=Action.choices, default=Action.HOLD)
    reason = models.CharField(max_length=300, help_text="for the person whose words it stops")
    points = models.PositiveSmallIntegerField(default=20, help_text="in the review queue")
    slow_count = models.PositiveIntegerField(default=0, help_text="texts on which it ran out of time")

    objects = WordRuleQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    CHANGED = Verb.WORD_RULE_CHANGED
    KEPT = ("name", "kind", "pattern", "is_whole_word", "parts", "action", "state", "reason", "points")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/desk/rules/words/{self.pk}/"

    @property
    def key(self) -> str:
        """How cases and decisions name it."""
        return f"words:{self.pk}"

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where its words stand in a text. Raises OutOfTime."""
        return spans(self.kind, self.pattern, self.is_whole_word, text)

    def refuse_faulty(self) -> None:
        """An expression that is none, or takes too long."""
        if self.kind == self.Kind.REGEX and (fault := fault_in(self.pattern)):
            raise Refusal(str(WHAT_IS_WRONG[fault]), code=f"expression_{fault}", status=422)


class WordRuleVersion(RuleVersion):
    """The rule as it was from then on."""

    rule = models.ForeignKey(WordRule, on_delete=models.CASCADE, related_name="versions")

    class Meta(RuleVersion.Meta):
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="a_version_once_per_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.number}"
