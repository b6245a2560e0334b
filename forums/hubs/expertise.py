"""What somebody has been helpful at: products and tags of their answers that solved it or were verified."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Value
from django.urls import reverse
from taggit.models import Tag

from community.people.models import Person
from community.prepared import Prepared
from forums.hubs.answers import answers_by

MOST = 6
PAGES = {"product": "forums:product-detail", "tag": "forums:tag-detail"}


@dataclass(frozen=True)
class Helped:
    """One product or tag, and how many answers about it were good for sure."""

    name: str
    url: str
    count: int


def helped_with(person: Person) -> tuple[list[Helped], list[Helped]]:
    """Products, then tags, of their answers, in one query; what they helped with most comes first."""
    rows = helped[bool(person.face)].rows(person=person.pk)
    found: dict[str, list[Helped]] = {kind: [] for kind in PAGES}
    for kind, name, slug, count in sorted(rows, key=lambda row: (-row[3], row[1])):
        if len(found[kind]) < MOST:
            found[kind].append(Helped(name, reverse(PAGES[kind], args=[slug]), count))
    return found["product"], found["tag"]


def _good_for(person: int, *, has_face: bool) -> Any:
    answers = answers_by(person, has_face=has_face)
    good = answers.filter(Q(solution__isnull=False) | Q(verifications__isnull=False)).order_by()
    return _counted(good, "product", "thread__product").union(_counted(good, "tag", "thread__thread_tags__tag"))


def _counted(good: Any, kind: str, path: str) -> Any:
    """Kind, name, slug, and in how many of these answers: a row for each product or tag."""
    there = good.filter(**{f"{path}__isnull": False}).values(kind_=Value(kind), name=F(f"{path}__name"))
    return there.values_list("kind_", "name", F(f"{path}__slug")).annotate(n=Count("pk", distinct=True))


helped = {
    face: Prepared(lambda person, face=face: _good_for(person, has_face=face), person=int) for face in (True, False)
}


def topics_of(person: Person) -> list[tuple[str, str]]:
    """What they say themselves that they know about, each with the page of the tag where there is one."""
    topics = [topic for topic in person.topics.split(", ") if topic]
    if not topics:
        return []
    tags = Tag.objects.filter(
        name__in=[topic.lower() for topic in topics], thread_tags__content_object__is_hidden=False
    )
    slugs = dict(tags.distinct().values_list("name", "slug"))
    address = {name: reverse("forums:tag-detail", args=[slug]) for name, slug in slugs.items()}
    return [(topic, address.get(topic.lower(), "")) for topic in topics]
