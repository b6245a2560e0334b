"""Accounts seen together: by the network and the device they joined with, and by the domain of their mailbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from community.people.arrivals import Arrival
from community.people.models import Person, Suspension
from moderation.decisions.models import Action

KINDS = {"network": _("Network"), "device": _("Device"), "domain": _("Mail domain")}
FEWEST = {"network": 2, "device": 3, "domain": 5}
"""Accounts: fewer say nothing, and a rare domain would name somebody."""
SHORT = 8


@dataclass(frozen=True)
class Place:
    """One network, device or domain with the accounts that came from it."""

    kind: str
    value: str
    accounts: int
    sanctioned: int
    disposable: int
    last_at: Any

    @property
    def label(self) -> Any:
        return KINDS[self.kind]

    @property
    def name(self) -> str:
        """A domain as it is; of a hash its beginning, to talk about it."""
        return self.value if self.kind == "domain" else self.value[:SHORT]

    @property
    def share(self) -> int:
        """Percent of its accounts against which something was done."""
        return round(100 * self.sanctioned / self.accounts)


def places(kind: str, most: int = 20) -> list[Place]:
    """Those with several accounts, the ones with most trouble first."""
    trouble = Exists(Action.objects.standing().filter(person=OuterRef("person"), kind__in=("spam", "ban", "suspend")))
    rows = (
        Arrival.objects.exclude(**{kind: ""})
        .annotate(is_trouble=trouble)
        .values_list(kind)
        .annotate(
            n=Count("person"),
            bad=Count("person", filter=Q(is_trouble=True)),
            thrown=Count("person", filter=Q(is_disposable=True)),
            last=Max("created_at"),
        )
        .filter(n__gte=FEWEST[kind])
        .order_by("-bad", "-n")[:most]
    )
    return [Place(kind, *row) for row in rows]


def people_of(kind: str, value: str) -> QuerySet[Person]:
    """The accounts of a place, the newest first; none of a place with too few."""
    arrivals: Iterable[Any] = Arrival.objects.filter(**{kind: value})
    people = Person.objects.filter(arrival__in=arrivals).select_related("arrival")
    if people.count() < FEWEST[kind]:
        return people.none()
    out = Exists(Suspension.objects.in_force().filter(person=OuterRef("pk")))
    return people.annotate(is_out=out, post_count=Count("posts")).order_by("-created_at")
