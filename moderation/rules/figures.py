"""What each rule of words has met, and how often decisions bore it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from community.policy.models import WordHit, WordRule
from moderation.decisions.models import Decision


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


def figures_for(rules: Iterable[WordRule]) -> list[tuple[WordRule, Figures]]:
    """Each rule with its figures: two queries, however many there are."""
    rows = list(rules)
    counted = WordHit.objects.recent().filter(rule__in=rows).values("rule")
    hits = {
        row["rule"]: (row["met"], row["shadow"])
        for row in counted.annotate(
            met=Count("pk", filter=Q(is_shadow=False)), shadow=Count("pk", filter=Q(is_shadow=True))
        )
    }
    judged = judgements()
    return [(rule, Figures(*hits.get(rule.pk, (0, 0)), *judged.get(rule.key, (0, 0)))) for rule in rows]


def judgements() -> dict[str, tuple[int, int]]:
    """For each rule that decisions name: how often it was right, of how many."""
    found: dict[str, tuple[int, int]] = {}
    decided = Decision.objects.standing().exclude(detected_by=[])
    for names, outcome in decided.values_list("detected_by", "outcome"):
        for name in names:
            right, of = found.get(name, (0, 0))
            found[name] = (right + (outcome == "acted"), of + 1)
    return found


def by_version(rule: WordRule) -> dict[int, dict[str, Any]]:
    """Hits of each version, in force and in the shadow."""
    rows = WordHit.objects.filter(rule=rule).values("version")
    counted = rows.annotate(met=Count("pk", filter=Q(is_shadow=False)), shadow=Count("pk", filter=Q(is_shadow=True)))
    return {row["version"]: row for row in counted}
