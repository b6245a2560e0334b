"""How much a reporter's word weighs: as much as anybody's, until five of their flags were judged."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from community.people.models import Person

JUDGED_BEFORE_WEIGHING = 5
BAD_FAITH, WITHIN = 5, timedelta(days=30)
LEAST, TEAM = 0.2, 2.0


@dataclass(frozen=True)
class Accuracy:
    """What came of somebody's flags."""

    judged: int
    acted: int
    recent: int
    recent_acted: int

    @property
    def is_doubted(self) -> bool:
        """Five flags in thirty days, and nothing was found in any."""
        return self.recent >= BAD_FAITH and self.recent_acted == 0

    @property
    def weight(self) -> float:
        """1 for whoever is new, up to 2 for who is always right, down to a fifth for who never is."""
        if self.is_doubted:
            return LEAST
        if self.judged < JUDGED_BEFORE_WEIGHING:
            return 1.0
        return max(LEAST, round(2 * self.acted / self.judged, 2))


def accuracies(people: Any) -> dict[int, Accuracy]:
    """The accuracy of each of these people, in one query."""
    since = timezone.now() - WITHIN
    judged = ~Q(flags__outcome="")
    acted, recent = Q(flags__outcome="acted"), Q(flags__judged_at__gte=since)
    rows = people.annotate(
        judged=Count("flags", filter=judged),
        acted=Count("flags", filter=acted),
        recent=Count("flags", filter=judged & recent),
        recent_acted=Count("flags", filter=acted & recent),
    ).values_list("pk", "judged", "acted", "recent", "recent_acted")
    return {pk: Accuracy(*counts) for pk, *counts in rows}


def accuracy_of(person: Any) -> Accuracy:
    """The accuracy of one person."""
    return accuracies(Person.objects.filter(pk=person.pk))[person.pk]
