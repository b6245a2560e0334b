"""What each automation has done in thirty days, and how right it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from moderation.automation.models import Automation, Run
from moderation.rules.figures import Judged

BACK = timedelta(days=30)


@dataclass(frozen=True)
class Figures:
    """Runs in force and in the shadow, those taken back, and what people decided about what it had pointed out."""

    met: int = 0
    in_shadow: int = 0
    undone: int = 0
    right: int = 0
    judged: int = 0
    last_at: Any = None

    @property
    def rate(self) -> int | None:
        """In percent; nothing before anybody has judged it."""
        return round(100 * self.right / self.judged) if self.judged else None


def figures_for(rows: Iterable[Automation]) -> list[tuple[Automation, Figures]]:
    """Each with its figures: two queries, however many there are. A run that was taken back was wrong."""
    automations = list(rows)
    runs = Run.objects.filter(automation__in=automations, created_at__gt=timezone.now() - BACK).values("automation")
    counted = runs.annotate(
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
        told.append((automation, Figures(**row, right=right, judged=of + row.get("undone", 0))))
    return told
