"""What a rule of the gate, a score or a signal said about an object: why it came to the queue without a flag."""

from django.db import models


class CaseFinding(models.Model):
    """One finding in a case. `rule` names what found it, such as `words:12`: its precision is read from decisions."""

    case = models.ForeignKey("flags.Case", on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1, help_text="of the rule, when it found this")
    reason = models.CharField(max_length=300, blank=True, help_text="in words, for the moderator")
    points = models.SmallIntegerField(default=20, help_text="in the queue")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "rule"], name="a_rule_finds_a_case_once")]
        indexes = [models.Index(fields=["rule", "-id"], name="finding_by_rule")]

    def __str__(self) -> str:
        return self.rule
