"""What each rule of the gate has met, and how often decisions bore it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from community.policy.findings import Outcome
from community.policy.models import CheckHit, CheckRule, WordHit, WordRule
from community.policy.models.hit import KEPT
from moderation.decisions.models import Decision
from moderation.flags.models import Case


@dataclass(frozen=True)
class Figures:
    """Of one rule: texts in thirty days in force and in the shadow, decisions, and how many bore it out."""

    met: int = 0
    in_shadow: int = 0
    right: int = 0
    judged: int = 0

    @property
    def rate(self) -> int | None:
        """In percent; nothing before anything was decided."""
        return round(100 * self.right / self.judged) if self.judged else None


def figures_for(rules: Iterable[Any]) -> list[tuple[Any, Figures]]:
    """Each rule of one kind with its figures: three queries, however many there are."""
    rows = list(rules)
    if not rows:
        return []
    hits = hits_of(rows)
    judged = Judged()
    judged.take_decisions()
    judged.take_contradictions([row for row in rows if isinstance(row, CheckRule) and row.pk])
    return [(rule, Figures(*hits.get(rule.pk, (0, 0)), *judged.of(rule.key))) for rule in rows]


def hits_of(rows: list[Any]) -> dict[int, tuple[int, int]]:
    """In force and in the shadow, for each rule; what its writer contradicted is the same text once more."""
    model = WordHit if isinstance(rows[0], WordRule) else CheckHit
    kept = [row.pk for row in rows if row.pk]
    counted = model.objects.recent().filter(rule__in=kept).exclude(action=KEPT).values("rule")
    counts = counted.annotate(met=Count("pk", filter=Q(is_shadow=False)), shadow=Count("pk", filter=Q(is_shadow=True)))
    return {row["rule"]: (row["met"], row["shadow"]) for row in counts}


class Judged:
    """For each rule: how often it was right, of how many times that somebody judged it."""

    def __init__(self) -> None:
        self.counts: dict[str, tuple[int, int]] = {}

    def of(self, key: str) -> tuple[int, int]:
        return self.counts.get(key, (0, 0))

    def add(self, key: str, is_right: bool) -> None:
        right, of = self.of(key)
        self.counts[key] = (right + is_right, of + 1)

    def take_decisions(self) -> None:
        """What people decided about the cases that it opened or added to."""
        decided = Decision.objects.standing().exclude(detected_by=[]).filter(is_made_by_machine=False)
        for names, outcome in decided.values_list("detected_by", "outcome"):
            for name in names:
                self.add(name, outcome == Case.Outcome.ACTED)

    def take_contradictions(self, rules: list[CheckRule]) -> None:
        """What is refused, or met in the shadow, has no case. It was wrong when its writer said so and it was
        published after all; else the next decision about the same person tells."""
        keys = {rule.pk: rule.key for rule in rules}
        hits = CheckHit.objects.recent().filter(rule__in=keys)
        for rule in hits.filter(action=KEPT).values_list("rule", flat=True):
            self.add(keys[rule], is_right=False)
        of_same = Decision.objects.standing().filter(case__concerns=OuterRef("by"), is_made_by_machine=False)
        later = of_same.filter(created_at__gt=OuterRef("created_at")).order_by("created_at").values("outcome")[:1]
        alone = hits.filter(Q(is_shadow=True) | Q(action=Outcome.REFUSE), by__isnull=False)
        rows = alone.annotate(later=Subquery(later)).exclude(later=None).values_list("rule", "by", "later").distinct()
        for rule, _person, outcome in rows:
            self.add(keys[rule], outcome == Case.Outcome.ACTED)


def by_version(rule: Any) -> dict[int, dict[str, Any]]:
    """Hits of each version, in force and in the shadow."""
    if rule.pk is None:
        return {}
    rows = rule.hits.exclude(action=KEPT).values("version")
    counted = rows.annotate(met=Count("pk", filter=Q(is_shadow=False)), shadow=Count("pk", filter=Q(is_shadow=True)))
    return {row["version"]: row for row in counted}
