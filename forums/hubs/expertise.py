"""What somebody has been helpful at: products and tags of their answers that solved it or were verified."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from taggit.models import Tag

from community.people.models import Person

MOST = 6


@dataclass(frozen=True)
class Helped:
    """One product or tag, and how many answers about it were good for sure."""

    name: str
    url: str
    count: int


def helped_with(answers: Any) -> tuple[list[Helped], list[Helped]]:
    """Products, then tags, of these answers; what they helped with most comes first."""
    good = answers.filter(Q(solution__isnull=False) | Q(verifications__isnull=False)).order_by()
    return _products(good), _tags(good)


def _products(good: Any) -> list[Helped]:
    name, slug = "thread__product__name", "thread__product__slug"
    rows = good.filter(thread__product__isnull=False).values(name, slug).annotate(n=Count("pk", distinct=True))
    return [
        Helped(row[name], reverse("forums:product-detail", args=[row[slug]]), row["n"])
        for row in rows.order_by("-n", name)[:MOST]
    ]


def _tags(good: Any) -> list[Helped]:
    name, slug = "thread__thread_tags__tag__name", "thread__thread_tags__tag__slug"
    rows = good.filter(thread__thread_tags__isnull=False).values(name, slug).annotate(n=Count("pk", distinct=True))
    return [
        Helped(row[name], reverse("forums:tag-detail", args=[row[slug]]), row["n"])
        for row in rows.order_by("-n", name)[:MOST]
    ]


def topics_of(person: Person) -> list[tuple[str, str]]:
    """What they say themselves that they know about, each with the page of the tag where there is one."""
    topics = [topic for topic in person.topics.split(", ") if topic]
    tags = Tag.objects.filter(
        name__in=[topic.lower() for topic in topics], thread_tags__content_object__is_hidden=False
    )
    slugs = dict(tags.distinct().values_list("name", "slug")) if topics else {}
    address = {name: reverse("forums:tag-detail", args=[slug]) for name, slug in slugs.items()}
    return [(topic, address.get(topic.lower(), "")) for topic in topics]
