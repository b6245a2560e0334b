"""What each automation has done in thirty days, and how right it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from community.policy.models.hit import COUNTED_FOR
from moderation.automation.models import Automation, Run
from moderation.rules.figures import Figures, Judged


@dataclass(frozen=True)
class RunFigures(Figures):
    """The same of an automation: `met` are its runs. With those that were taken back, and the last one."""

    undone: int = 0
    last_at: Any = None


def figures_for(rows: Iterable[Automation]) -> list[tuple[Automation, RunFigures]]:
    """Each with its figures: two queries, however many there are. A run that was taken back was wrong."""
    automations = list(rows)
    recent = Run.objects.filter(automation__in=automations, created_at__gt=timezone.now() - COUNTED_FOR)
    counted = recent.values("automation").annotate(
        met=Count("pk", filter=Q(is_shadow=False)),
        in_shadow=Count("pk", filter=Q(is_shadow=True)),
        undone=Count("pk", filter=Q(undone_at__isnull=False)),
        last_at=Max("created_at"),
    )
    found = {row.pop("automation"): row for row in counted}
    judged = Judged()
    judged.take_decisions()
    told = []
    for automation in automations:
        row = found.get(automation.pk, {})
        right, of = judged.of(automation.key)
        told.append((automation, RunFigures(**row, right=right, judged=of + row.get("undone", 0))))
    return told
