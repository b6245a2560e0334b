"""Products with their numbers, tags, and people in public, for programs."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from community.addresses import absolute
from community.api.operations import AFTER, ApiRequest, Query, operation, resource
from community.api.scopes import Area
from community.api.shapes import Listed, Many
from community.catalogue.models import Product
from community.people.audience import Field, fields_for
from community.people.models import Person
from forums.hubs.people_views import found_by_name
from forums.hubs.profile import profile_of
from forums.hubs.rating import latest_aspects, summed, with_recent
from forums.hubs.tag_views import tags_found
from forums.reviews.models import Score
from forums.tags.models import TagCard


@dataclass
class Numbers:
    """What the counted reviews of a product add up to, by the formulas of its page. `stars` counts from one to five."""

    n: int
    mean: float | None
    careful_mean: float
    stars: list[int]


@dataclass
class AspectMean:
    """The mean of one aspect over the latest 500 reviews at most, and how many of them rated it."""

    name: str
    mean: float
    n: int


@dataclass
class VersionTold:
    """A version of a product, newest first. Its number goes into questions and reviews."""

    id: int
    name: str


@dataclass
class ProductTold:
    """Something that one can ask about and review. `rating` is null until somebody has reviewed it."""

    id: int
    slug: str
    name: str
    brand: str
    line: str
    tagline: str
    url: str
    questions: int
    solved: int
    versions: list[VersionTold]
    rating: Numbers | None


@dataclass
class AspectTold:
    """An aspect that reviews of the product can rate, as `aspect-<id>`."""

    id: int
    name: str


@dataclass
class ProductRead:
    """A product with parts of its numbers: of the last 90 days, and without what was given something for."""

    product: ProductTold
    recent: Numbers | None
    unrewarded: Numbers | None
    aspects: list[AspectMean]
    to_rate: list[AspectTold]


@dataclass
class TagTold:
    """A tag, what it is for, and how many questions have it."""

    name: str
    slug: str
    about: str
    questions: int
    url: str


@dataclass
class PersonTold:
    """Somebody in public, as far as they show it to whoever asks; null is what they do not show. No contact data."""

    name: str
    handle: str
    url: str
    is_team: bool
    about: str | None
    since: str | None
    level: str
    points: int | None
    questions: int
    answers: int
    solutions: int
    badges: list[str]
    topics: list[str]
    languages: list[str]


@dataclass
class Found:
    """Somebody whose name begins as was asked."""

    name: str
    handle: str
    url: str


def numbers_of(score: Score | None) -> Numbers | None:
    """The numbers of a page. Without a review there are none."""
    if score is None or not score.n:
        return None
    mean = float(score.mean) if score.mean is not None else None
    return Numbers(score.n, mean, float(score.shrunken), score.histogram)


def product_told(product: Product) -> ProductTold:
    """A product as lists have it."""
    return ProductTold(
        id=product.pk,
        slug=product.slug,
        name=product.name,
        brand=product.brand.name,
        line=product.line.name if product.line else "",
        tagline=product.tagline,
        url=absolute(product.get_absolute_url()),
        questions=product.question_count,
        solved=product.solved_count,
        versions=[VersionTold(version.pk, version.name) for version in product.versions.all()],
        rating=numbers_of(getattr(product, "score", None)),
    )


@operation(Area.REVIEWS, Many(ProductTold), is_public=True)
def list_products(request: ApiRequest) -> Listed:
    """Everything the company makes, with the numbers of its reviews."""
    found = Product.objects.visible_to(request.user).select_related("brand", "line", "score")
    return Listed([product_told(one) for one in found.prefetch_related("versions")])


@operation(Area.REVIEWS, ProductRead, is_public=True)
def read_product(request: ApiRequest, slug: str) -> ProductRead:
    """A product with all numbers of its page."""
    found = with_recent(Product.objects.visible_to(request.user).select_related("brand", "line", "score"))
    product: Any = get_object_or_404(found, slug=slug)
    score = getattr(product, "score", None)
    means = latest_aspects(product) if product.line_id and score and score.n else []
    return ProductRead(
        product=product_told(product),
        recent=numbers_of(summed(product.recent_stars)),
        unrewarded=numbers_of(score.without(summed(product.rewarded_stars)) if score else None),
        aspects=[AspectMean(row["name"], float(row["mean"]), row["n"]) for row in means],
        to_rate=[AspectTold(one.pk, one.name) for one in product.line.aspects.all()] if product.line else [],
    )


@operation(Area.COMMUNITY, Many(TagTold), is_public=True, query=(Query("q", "a part of the name"), AFTER))
def list_tags(request: ApiRequest) -> Listed:
    """Tags, those with most questions first."""
    cards, mark = tags_found(request.GET.get("q", "").strip(" #").lower()[:40], request.GET.get("after", ""))
    return Listed([tag_told(card) for card in cards], mark)


def tag_told(card: TagCard) -> TagTold:
    """A tag as lists have it."""
    return TagTold(card.tag.name, card.tag.slug, card.source, card.question_count, absolute(f"/tags/{card.tag.slug}/"))


@operation(Area.COMMUNITY, Many(Found), is_public=True, query=(Query("q", "how the name begins"), AFTER))
def find_people(request: ApiRequest) -> Listed:
    """People by the beginning of their public name, in the order of their names."""
    asked = request.GET.get("q", "").strip()[:40]
    if not asked:
        return Listed([])
    people, last = found_by_name(asked, request.GET.get("after", ""))
    return Listed([Found(one.name, one.handle, absolute(one.get_absolute_url())) for one in people], last)


@operation(Area.COMMUNITY, PersonTold, is_public=True)
def read_person(request: ApiRequest, handle: str) -> PersonTold:
    """Somebody's public page, with the fields that they show to whoever asks."""
    person = Person.objects.active().select_related("persona").called(handle).first()
    if person is None:
        raise Http404
    viewer = request.user if request.user.is_authenticated else None
    profile, seen = profile_of(person, "", "", viewer), fields_for(viewer, person)
    standing = profile.standing
    return PersonTold(
        name=person.name,
        handle=person.handle,
        url=absolute(person.get_absolute_url()),
        is_team=person.is_team,
        about=person.about if Field.ABOUT in seen else None,
        since=person.created_at.date().isoformat() if Field.SINCE in seen else None,
        level=str(profile.level),
        points=standing.points if standing else None,
        questions=profile.question_count,
        answers=profile.answer_count,
        solutions=profile.solution_count,
        badges=[award.badge for award in profile.badges],
        topics=[str(name) for name, _url in profile.topics],
        languages=[str(name) for name in profile.languages],
    )


api_products = resource("api_products", get=list_products)
api_product = resource("api_product", get=read_product)
api_tags = resource("api_tags", get=list_tags)
api_people = resource("api_people", get=find_people)
api_person = resource("api_person", get=read_person)
