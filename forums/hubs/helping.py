"""Who helps: the people behind solutions, and the team behind verified answers."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from community.catalogue.models import Product
from community.people.audience import off_the_boards
from community.people.models import Person, Persona
from community.people.roles import STAFF_ROLES
from forums.questions.models import Solution, Verification


@dataclass
class Helping:
    """Somebody who helped lately: the face to show, and how often."""

    person: Person
    alias: str
    solutions: int


def solutions_seen() -> QuerySet[Solution]:
    """Solutions that anybody may read."""
    seen = {"post__is_hidden": False, "post__removed_at__isnull": True, "question__thread__is_hidden": False}
    return Solution.objects.filter(**seen)


def verifications_seen() -> QuerySet[Verification]:
    """Verified answers that anybody may read."""
    seen = {"post__is_hidden": False, "post__removed_at__isnull": True, "question__thread__is_hidden": False}
    return Verification.objects.filter(**seen)


def helping_most(days: int, limit: int, **about: Any) -> list[Helping]:
    """Who wrote most solutions lately, by the name they wrote under, but for those who want to be on no board."""
    since = timezone.now() - timedelta(days=days)
    rows = (
        solutions_seen()
        .filter(created_at__gte=since, post__author__is_active=True, **about)
        .exclude(post__author__in=off_the_boards().values("person"))
        .values("post__author")
        .annotate(solutions=Count("pk"), alias=Max("post__alias"), latest=Max("created_at"))
        .order_by("-solutions", "-latest")[:limit]
    )
    counted = list(rows)
    people = Person.objects.select_related("persona").in_bulk([row["post__author"] for row in counted])
    return [Helping(people[row["post__author"]], row["alias"], row["solutions"]) for row in counted]


def team_answering(product: Product, days: int, limit: int) -> list[Persona]:
    """Who of the team vouches for answers about this product, the latest first."""
    since = timezone.now() - timedelta(days=days)
    rows = verifications_seen().filter(question__thread__product=product, created_at__gte=since)
    latest = rows.values("by").annotate(latest=Max("created_at")).order_by("-latest")[:limit]
    personas = Persona.objects.select_related("person").in_bulk([row["by"] for row in latest])
    return list(personas.values())


def latest_verified(limit: int) -> list[Verification]:
    """Answers that the team has last vouched for."""
    rows = verifications_seen().select_related("question__thread__product", "product_version", "post")
    return list(rows.order_by("-created_at", "-pk")[:limit])


def worth_listing(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those whose page says something to a stranger: who has solved something here, and the faces of the team."""
    solved = solutions_seen().filter(post__author=OuterRef("pk"))
    faces = Persona.objects.filter(person=OuterRef("pk"), person__in=Person.objects.with_role(*STAFF_ROLES))
    return people.filter(Exists(solved) | Exists(faces))
