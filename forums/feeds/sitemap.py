"""The map of the site for search engines: an index of parts, each with the pages that they may list, and since when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, F, IntegerField, Max, Q
from django.db.models.functions import Cast
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse

from community.catalogue.models import Product
from community.live.fragments import kept
from community.people.models import Person
from forums.articles.models import Article
from forums.hubs.helping import worth_listing
from forums.hubs.rows import public_questions
from forums.reviews.models import Review
from forums.tags.models import TagCard

ROOM = 10_000
"""Ids in one part of the questions: a part may list 50,000 addresses, and a small one is quick to make anew."""


@dataclass(frozen=True)
class Place:
    """A page that search engines may list, and when something on it was last seen to change."""

    path: str
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Part:
    """One file of the map. `state` names what it holds: while that is the same, the kept file is right."""

    name: str
    changed_at: datetime | None
    state: str


def parts() -> Iterator[Part]:
    """Every part of the map that has a page in it."""
    yield Part("pages", None, "")
    latest = public_questions().aggregate(at=Max("thread__changed_at"))["at"]
    for name in ("products", "tags", "people"):
        yield Part(name, latest, "")
    for row in review_parts():
        yield Part(f"reviews-{row['part']}", row["at"], f"{row['count']}-{row['at']}")
    for row in article_parts():
        yield Part(f"articles-{row['part']}", row["at"], f"{row['count']}-{row['at']}")
    for row in question_parts():
        yield Part(f"questions-{row['part']}", row["at"], f"{row['count']}-{row['at']}")


def review_parts(number: int | None = None) -> list[dict]:
    """How many reviews stand in each part, or in one, and when the last of them changed."""
    return parts_of(Review.objects.listed(), number)


def article_parts(number: int | None = None) -> list[dict]:
    """How many help pages stand in each part, or in one, and when the last of them changed."""
    return parts_of(Article.objects.listed(), number)


def question_parts(number: int | None = None) -> list[dict]:
    """How many questions stand in each part, or in one, and when the last of them changed."""
    return parts_of(public_questions().indexable(), number)


def parts_of(within: Any, number: int | None) -> list[dict]:
    """Threads of a kind by parts of ten thousand ids."""
    if number is not None:
        within = within.filter(pk__gte=number * ROOM, pk__lt=(number + 1) * ROOM)
    numbered = within.annotate(part=Cast(F("pk") / ROOM, IntegerField()))
    return list(numbered.values("part").annotate(count=Count("pk"), at=Max("thread__changed_at")).order_by("part"))


def part_xml(name: str) -> str:
    """The file of one part."""
    kind, _dash, number = name.partition("-")
    if kind in NUMBERED and number.isdecimal() and len(number) < 12:
        count, within = NUMBERED[kind]
        found = count(int(number))
        if not found:
            raise Http404
        state = (found[0]["count"], found[0]["at"])
        return kept(lambda: xml(within(int(number))), "sitemap", name, *state)
    if name not in LISTS:
        raise Http404
    return xml(LISTS[name]())


def xml(places: Iterator[Place]) -> str:
    """The addresses as a file."""
    return render_to_string("forums/feeds/sitemap_part.xml", {"places": places, "site_url": settings.SITE_URL})


def questions_in(number: int) -> Iterator[Place]:
    """The questions of one part."""
    rows = public_questions().indexable().filter(pk__gte=number * ROOM, pk__lt=(number + 1) * ROOM).order_by("pk")
    for pk, slug, changed_at in rows.values_list("pk", "thread__slug", "thread__changed_at").iterator():
        yield Place(f"/questions/{pk}/{slug}/", changed_at)


def reviews_in(number: int) -> Iterator[Place]:
    """The reviews of one part."""
    rows = Review.objects.listed().filter(pk__gte=number * ROOM, pk__lt=(number + 1) * ROOM).order_by("pk")
    for pk, slug, changed_at in rows.values_list("pk", "thread__slug", "thread__changed_at").iterator():
        yield Place(f"/reviews/{pk}/{slug}/", changed_at)


def articles_in(number: int) -> Iterator[Place]:
    """The help pages of one part."""
    rows = Article.objects.listed().filter(pk__gte=number * ROOM, pk__lt=(number + 1) * ROOM).order_by("pk")
    for slug, changed_at in rows.values_list("thread__slug", "thread__changed_at").iterator():
        yield Place(f"/help/{slug}/", changed_at)


def pages() -> Iterator[Place]:
    """The pages that are always there."""
    always = ("home", "question-list", "product-list", "article-list", "review-index", "tag-list", "people-list")
    for name in (*always, "accessibility"):
        yield Place(reverse(f"forums:{name}"))


def products() -> Iterator[Place]:
    """The products with the last change of their questions."""
    seen = Q(threads__is_hidden=False)
    rows = Product.objects.visible_to(None).annotate(at=Max("threads__changed_at", filter=seen)).order_by("pk")
    for product in rows:
        yield Place(product.get_absolute_url(), product.at)
        yield Place(reverse("forums:review-list", args=[product.slug]), product.at)


def tags() -> Iterator[Place]:
    """The tags that say something: with a description, or with several questions."""
    threads = "tag__thread_tags__content_object"
    latest = Max(f"{threads}__changed_at", filter=Q(**{f"{threads}__is_hidden": False}))
    for slug, at in TagCard.objects.listed().annotate(at=latest).order_by("pk").values_list("tag__slug", "at"):
        yield Place(reverse("forums:tag-detail", args=[slug]), at)


def people() -> Iterator[Place]:
    """The people who have helped, and the public faces of the team."""
    for person in worth_listing(Person.objects.active()).order_by("pk").only("username", "face"):
        yield Place(person.get_absolute_url())


LISTS: dict[str, Callable[[], Iterator[Place]]] = {
    "pages": pages, "products": products, "tags": tags, "people": people,
}  # fmt: skip
NUMBERED: dict[str, tuple[Callable[[int | None], list[dict]], Callable[[int], Iterator[Place]]]] = {
    "questions": (question_parts, questions_in), "reviews": (review_parts, reviews_in),
    "articles": (article_parts, articles_in),
}  # fmt: skip
