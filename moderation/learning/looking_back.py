"""What decisions made of the hints: for each version, how often moderators saw it the same way."""

from dataclasses import dataclass

from django.db.models import Count, Q

from moderation.flags.models import Case, CaseFinding
from moderation.learning.hinting import SPAM
from moderation.learning.models import SpamModel


@dataclass(frozen=True)
class Version:
    """A version with what it promised, and what came of it."""

    model: SpamModel
    judged: int
    right: int

    @property
    def rate(self) -> int | None:
        """Percent of its hints that decisions bore out; None before any."""
        return round(100 * self.right / self.judged) if self.judged else None

    @property
    def promised(self) -> tuple[int, int, int]:
        """Precision, recall and F1 on what was held out, in percent."""
        return round(100 * self.model.precision), round(100 * self.model.recall), round(100 * self.model.f1)


def versions(most: int = 20) -> list[Version]:
    """The newest first."""
    judged = Q(case__state=Case.State.DECIDED)
    rows = CaseFinding.objects.filter(judged, rule=SPAM).values_list("version")
    counts = rows.annotate(all=Count("pk"), right=Count("pk", filter=Q(case__outcome=Case.Outcome.ACTED)))
    known = {version: (number, right) for version, number, right in counts}
    models = SpamModel.objects.newest().defer("weights")[:most]
    return [Version(model, *known.get(model.version, (0, 0))) for model in models]
