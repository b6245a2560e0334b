"""Finding and reading reviews."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.catalogue.models import Product
from community.live.fragments import kept
from community.live.pages import kept_page, shows
from community.member_pages import member_page
from community.people.demo import is_demo_on
from forums.reviews.holding import extra_check
from forums.reviews.listing import ReviewListing, parts_of
from forums.reviews.models import Review, Score
from forums.reviews.reading import cards as cards_of
from forums.reviews.reading import history, read
from forums.reviews.structured import list_page, review_page
from forums.reviews.viewing import Verdicts, Viewer
from forums.threads.forms import ReplyForm
from forums.threads.keeping import with_own
from forums.threads.models import Draft
from forums.threads.places import not_here
from forums.threads.typed import take_up


@require_safe
def review_index(request: HttpRequest) -> HttpResponse:
    """The newest reviews of all products."""
    return review_page_of(request, ReviewListing(request.GET), None)


@require_safe
def company_review_list(request: HttpRequest) -> HttpResponse:
    """What people say about the company in general and about the help they got."""
    return review_page_of(request, ReviewListing(request.GET, about=Review.About.COMPANY), None)


@require_safe
def review_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The reviews of a product, all or some of them."""
    products = Product.objects.visible_to(None).select_related("brand", "score")
    product = get_object_or_404(products, slug=slug)
    return review_page_of(request, ReviewListing(request.GET, product), getattr(product, "score", None))


def review_page_of(request: HttpRequest, listing: ReviewListing, score: Score | None) -> HttpResponse:
    """The page of a list."""
    state = (listing.shown, score and score.version)
    keys = [f"product-{listing.product.pk}", "reviews", "products"] if listing.product else ["reviews", "products"]

    def context(member: bool) -> dict[str, Any]:
        ids, everywhere = [pk for pk, _version, _key in listing.shown], listing.product is None
        loaded: Any = SimpleLazyObject(lambda: cards_of(ids))
        about = {"listing": listing, "product": listing.product, "score": score}
        about |= {"figures": listing.figures(), **(parts_of(listing.product, score) if listing.product else {})}
        about["rows"] = [card_html(loaded, pk, version, member, everywhere) for pk, version, _key in listing.shown]
        if listing.product and not member:
            path = f"{listing.product.get_absolute_url()}reviews/"
            about["told"] = list_page(listing.product, score, [loaded[pk] for pk in ids], _("Reviews"), path)
        return about

    if request.user.is_authenticated:
        return list_of_a_person(request, listing, lambda: context(member=True), *state)
    return shows(kept_page(request, "forums/reviews/list.html", lambda: context(False), is_demo_on(), *state), *keys)


def list_of_a_person(
    request: HttpRequest, listing: ReviewListing, context: Callable[[], dict[str, Any]], *state: Any
) -> HttpResponse:
    """The page with what is the reader's own: what they said of these reviews, and which of them they wrote."""
    ids = [pk for pk, _version, _key in listing.shown]
    verdicts = Verdicts.of(request.user, ids)
    written = list(Review.objects.filter(pk__in=ids, author=request.user).order_by("pk").values_list("pk", flat=True))

    def with_theirs() -> dict[str, Any]:
        page = context()
        own = verdicts.own(list(cards_of(ids).values()))
        return page | {"rows": [with_own(row, own) for row in page["rows"]]}

    facts = (*state, sorted(verdicts.said.items()), written)
    return member_page(request, "forums/reviews/list.html", with_theirs, *facts)


def card_html(loaded: Any, pk: int, version: int, member: bool, everywhere: bool) -> SafeString:
    """A review in a list, rendered once for all readers with an account, and once for all without."""

    def row() -> str:
        context = {"card": loaded[pk], "member": member, "is_row": "everywhere" if everywhere else "here"}
        return render_to_string("forums/reviews/_card.html", context)

    return kept(row, "review-row", pk, version, member, everywhere)


@require_safe
def review_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One review, with what was said below it."""
    reviews = Review.objects.visible_to(request.user).select_related("thread__author", "product__score", "aside")
    review = reviews.filter(pk=pk).first()
    if review is None:
        return not_here(request, pk)
    if slug != review.thread.slug:
        return HttpResponsePermanentRedirect(review.get_absolute_url())
    if request.user.is_authenticated:
        take_up(request)
        return render(request, "forums/reviews/detail.html", for_member(request, review))
    state = (pk, review.thread.version, is_demo_on())
    page = kept_page(request, "forums/reviews/detail.html", lambda: for_visitor(review), *state)
    return shows(page, *review.thread.surrogate_keys)


def for_visitor(review: Review) -> dict[str, Any]:
    """The page as everybody without an account sees it."""
    reading, score = read(review.pk), getattr(review.product, "score", None)
    posts = {"reading": reading, "card": reading.card, "thread": review.thread, "member": False}
    told = review_page(reading.card, score, _("Reviews"))
    return {"review": review, "thread": review.thread, "score": score, "told": told} | {
        "posts": render_to_string("forums/reviews/_posts.html", posts),
    }


def for_member(request: HttpRequest, review: Review) -> dict[str, Any]:
    """The page with what is the reader's own."""
    reading = read(review.pk)
    viewer = Viewer(request.user, review, get_token(request))
    place = f"thread:{review.pk}"
    draft = Draft.objects.visible_to(request.user).filter(place=place).first()
    posts = {"reading": reading, "card": reading.card, "thread": review.thread, "member": True}
    text = kept(
        lambda: render_to_string("forums/reviews/_posts.html", posts), "review-posts", review.pk, review.thread.version
    )
    return {
        "review": review,
        "thread": review.thread,
        "score": getattr(review.product, "score", None),
        "viewer": viewer,
        "posts": with_own(text, viewer.own(reading)),
        "form": ReplyForm(initial={"text": draft.text if draft else "", "as_staff": bool(viewer.persona)}),
        "draft": draft,
        "place": place,
        "persona": viewer.persona,
        "check": extra_check(review) if review.thread.is_hidden else None,
    }


@require_safe
def review_history(request: HttpRequest, pk: int) -> HttpResponse:
    """All that a review ever said, stars included."""
    review = Review.objects.visible_to(request.user).select_related("thread").filter(pk=pk).first()
    if review is None:
        raise Http404
    page = render(request, "forums/reviews/history.html", {"review": review, "changes": history(review)})
    return shows(page, *review.thread.surrogate_keys)
