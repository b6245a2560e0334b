"""Who helps: the people behind solutions, and the team behind verified answers."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from community.catalogue.models import Product
from community.people.audience import off_the_boards
from community.people.models import Person, Persona
from community.people.roles import STAFF_ROLES
from community.prepared import Prepared
from forums.questions.models import Solution, Verification

LATEST = 200
"""Solutions of a product that are looked at to say who helps with it."""


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


def helping_most(product: Product, days: int, limit: int) -> list[Helping]:
    """Who wrote most of a product's latest solutions, by the name they wrote under, but for those who want to be on no
    board. So many are looked at and no more, that it costs the same however large the community is."""
    since = timezone.now() - timedelta(days=days)
    latest = (
        solutions_seen()
        .filter(created_at__gte=since, post__author__is_active=True, question__thread__product=product)
        .exclude(post__author__in=off_the_boards().values("person"))
        .order_by("-created_at")
        .values_list("post__author", "post__alias")[:LATEST]
    )
    wrote: dict[int, list[str]] = {}
    for author, alias in latest:
        wrote.setdefault(author, []).append(alias)
    most = sorted(wrote, key=lambda author: -len(wrote[author]))[:limit]  # of as many, the one who helped last
    people = Person.objects.select_related("persona").in_bulk(most)
    return [Helping(people[author], max(wrote[author]), len(wrote[author])) for author in most]


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


def is_worth_listing(person: Person) -> bool:
    """The same of one of them."""
    has_solved = bool(solved_by.rows(person=person.pk))
    return has_solved or (bool(person.face) and worth_listing(Person.objects.filter(pk=person.pk)).exists())


solved_by = Prepared(lambda person: solutions_seen().filter(post__author=person).values_list("pk")[:1], person=int)


def worth_listing(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those whose page says something to a stranger: who has solved something here, and the faces of the team."""
    solved = solutions_seen().filter(post__author=OuterRef("pk"))
    faces = Persona.objects.filter(person=OuterRef("pk"), person__in=Person.objects.with_role(*STAFF_ROLES))
    return people.filter(Exists(solved) | Exists(faces))
