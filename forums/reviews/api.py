"""Reviews for programs: lists in the orders of the page, reading with history, writing, changing, and what helped."""

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from community.addresses import absolute
from community.api.operations import AFTER, Answer, ApiRequest, Query, based_on, operation, resource, saved
from community.api.problems import Problem
from community.api.scopes import Area
from community.api.shapes import Listed, Many
from community.catalogue.models import Product
from community.policy.changing import WAITS
from forums.reviews.api_shapes import (
    Change,
    ReviewChanged,
    ReviewRead,
    ReviewTold,
    change_told,
    readable,
    reply_told,
    review_told,
    told,
)
from forums.reviews.forms import ReviewForm
from forums.reviews.listing import FILTERS, ORDERS, ReviewListing
from forums.reviews.models import Came, Review
from forums.reviews.reading import cards, history, read
from forums.threads.api import replied
from forums.threads.api_shapes import PostTold
from forums.threads.forms import ReplyForm


class VerdictForm(forms.Form):
    """Whether a review helped."""

    verdict = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no"), ("none", "none")])


ABOUT_PRODUCTS = ("product_version", "owned_for", "use_case", "owner_number")
ASPECTS = {"^aspect-[0-9]{1,18}$": {"type": "integer", "minimum": 1, "maximum": 5}}
LISTS = (
    Query("product", "the product's slug; without it, reviews of all products"),
    Query("about", "of the company instead of a product", ("company",)),
    Query("sort", "the order; with q the best match comes first, else the newest", tuple(ORDERS)),
    Query("stars", "only those with so many", ("1", "2", "3", "4", "5")),
    *(Query(name, str(label), ("1",)) for name, (label, _narrow) in FILTERS.items()),
    Query("version", "the number of a version of the product", is_number=True),
    Query("q", "words in them"),
    AFTER,
)


@operation(Area.REVIEWS, Many(ReviewTold), is_public=True, query=LISTS)
def list_reviews(request: ApiRequest) -> Listed:
    """Reviews, with the orders and filters of the page."""
    slug = request.GET.get("product", "")
    product = get_object_or_404(Product.objects.visible_to(request.user), slug=slug) if slug else None
    about = Review.About.COMPANY if request.GET.get("about") else Review.About.PRODUCT
    listing = ReviewListing(request.GET, product, about)
    rows = cards([pk for pk, _version, _key in listing.shown])
    shown = [review_told(rows[pk]) for pk, _version, _key in listing.shown if pk in rows]
    return Listed(shown, listing.mark)


@operation(Area.REVIEWS, ReviewRead, is_public=True, has_version=True)
def read_review(request: ApiRequest, pk: int) -> Answer:
    """Read a review and what was said below it. Its ETag is what a change of it is based on."""
    reading = read(readable(request, pk).pk)
    review = review_told(reading.card)
    replies, comments = [reply_told(one) for one in reading.replies], [reply_told(one) for one in reading.comments]
    return Answer(ReviewRead(review, replies, comments), version=review.version)


@operation(
    Area.REVIEWS, ReviewTold, form=ReviewForm, leave_out=("version",), patterns=ASPECTS,
    statuses=(201, 202),
)  # fmt: skip
def write_product_review(request: ApiRequest, slug: str) -> Answer:
    """Review a product, once. Stars are needed, all else is optional; `aspect-7` rates the aspect with that number."""
    products = Product.objects.visible_to(request.user).select_related("line", "brand")
    return written(request, get_object_or_404(products, slug=slug), Review.About.PRODUCT)


@operation(
    Area.REVIEWS, ReviewTold, form=ReviewForm, leave_out=("version", *ABOUT_PRODUCTS), statuses=(201, 202),
)  # fmt: skip
def write_company_review(request: ApiRequest) -> Answer:
    """Say what you think of the company, once."""
    return written(request, None, Review.About.COMPANY)


def written(request: ApiRequest, product: Product | None, about: str) -> Answer:
    """A new review through the form of the pages."""
    known = Review.objects.by_person(request.user, about, product, "")
    form = ReviewForm(request.data, by=request.user, product=product)
    if known:
        raise Problem(409, "reviewed_already", _("You have reviewed this already. Change that review instead."),
                      url=absolute(known.get_absolute_url()))  # fmt: skip
    review = saved(form, lambda: form.write(about, [], came=Came.by(request)))
    fresh = readable(request, review.pk)
    return Answer(told(fresh), 202 if fresh.thread.is_hidden else 201, fresh.opening.version)


def current_review(request: ApiRequest, pk: int) -> ReviewTold:
    """The review as it is now, for its writer who was late."""
    return told(get_object_or_404(Review.objects.filter(author=request.user), pk=pk))


@operation(
    Area.REVIEWS, ReviewChanged, form=ReviewForm, leave_out=("version", "campaign"),
    patterns=ASPECTS, has_version=True, current=current_review, statuses=(200, 202),
)  # fmt: skip
def change_review(request: ApiRequest, pk: int) -> Answer:
    """Say it anew: stars and words as they shall be from now on. What was said before stays readable."""
    own = Review.objects.filter(author=request.user)  # also what was refused, to be put right
    review = get_object_or_404(own.select_related("thread__author", "product__line", "product__brand"), pk=pk)
    data = based_on(request, now=review.opening.version)
    form = ReviewForm(data, by=request.user, product=review.product)
    saved(form, lambda: form.rewrite(review, [], [], Came.by(request)))
    fresh = told(review)
    changed = ReviewChanged(fresh, str(WAITS) if form.is_waiting else "")
    return Answer(changed, 202 if form.is_waiting else 200, fresh.version)


@operation(Area.REVIEWS, Many(Change), is_public=True)
def read_review_history(request: ApiRequest, pk: int) -> Listed:
    """All that a review ever said, stars included, the newest first."""
    rows = history(readable(request, pk))
    return Listed([change_told(row) for row in rows])


@operation(Area.REVIEWS, ReviewTold, form=VerdictForm)
def judge_review(request: ApiRequest, pk: int) -> ReviewTold:
    """Say that a review helped, that it did not, or take that back."""
    review, form = readable(request, pk), VerdictForm(request.data)
    verdicts = {"yes": review.find_helpful, "no": review.find_unhelpful, "none": review.take_back_verdict}
    saved(form, lambda: verdicts[form.cleaned_data["verdict"]](by=request.user))
    return told(readable(request, pk))


@operation(Area.REVIEWS, PostTold, form=ReplyForm, leave_out=("no_attempt",), statuses=(201, 202))
def reply_to_review(request: ApiRequest, pk: int) -> Answer:
    """Reply below a review; with `as_staff` the team does, under its public name."""
    return replied(request, readable(request, pk).thread)


api_reviews = resource("api_reviews", get=list_reviews, post=write_company_review)
api_product_reviews = resource("api_product_reviews", post=write_product_review)
api_review = resource("api_review", get=read_review, put=change_review)
api_review_history = resource("api_review_history", get=read_review_history)
api_review_verdict = resource("api_review_verdict", put=judge_review)
api_review_replies = resource("api_review_replies", post=reply_to_review)
