"""Writing and changing a review."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.catalogue.models import Product
from community.once import once
from community.policy.allowance import allowance_for
from community.policy.changing import WAITS
from community.text.diffs import diff_html
from community.text.markdown import to_html
from forums.reviews.attaching import photos_kept, photos_sent, shown_anew
from forums.reviews.forms import Photos, ReviewForm
from forums.reviews.holding import extra_check, refused_text
from forums.reviews.insiders import refused_here
from forums.reviews.models import Came, Review
from forums.reviews.undoing import place_of
from forums.threads.drafting import keep_when_too_many
from forums.threads.models import Draft, Post
from forums.threads.typed import signed_in_or_kept
from forums.threads.views.undoing import say_sent, typed_before

ABOUT = Review.About


@signed_in_or_kept(lambda slug: place_of(Product.objects.filter(slug=slug).first()))
@require_http_methods(["GET", "HEAD", "POST"])
@once
def review_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Review a product. Whoever has done so already changes that review."""
    product = get_object_or_404(Product.objects.visible_to(request.user).select_related("line", "brand"), slug=slug)
    return begin_or_change(request, ABOUT.PRODUCT, product, place_of(product))


@signed_in_or_kept(lambda: place_of(None))
@require_http_methods(["GET", "HEAD", "POST"])
@once
def company_review_new(request: HttpRequest) -> HttpResponse:
    """Say what you think of the company in general."""
    return begin_or_change(request, ABOUT.COMPANY, None, place_of(None))


@signed_in_or_kept(lambda pk: f"review-edit:{pk}")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def review_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own review."""
    own = Review.objects.filter(author=request.user).select_related("thread__author", "product__line", "product__brand")
    return change(request, get_object_or_404(own, pk=pk))


def begin_or_change(
    request: HttpRequest, about: str, product: Product | None, place: str, occasion: str = ""
) -> HttpResponse:
    """The empty form; or the form of the review that there is, with what was typed in it."""
    person = request.user
    known = Review.objects.by_person(person, about, product, occasion)
    if known and request.method != "POST":
        return HttpResponseRedirect(reverse("forums:review-edit", args=[known.pk]))
    if known:
        form = ReviewForm(request.POST, by=person, product=product)
        sentence = _("You have reviewed this already. Here is your review: change it as you like.")
        return page(request, form, known, photos_sent(request, form), status=409, already=sentence)
    draft = draft_at(request, place)
    if request.method != "POST":
        again = typed_before(request, place)
        initial = ReviewForm.starting_with(person, product, request.GET.get("stars", "")) | again
        initial |= ReviewForm.begun(draft)
        initial["campaign"] = request.GET.get("campaign", "")[:20].replace("\0", "")
        form = ReviewForm(initial=initial, by=person, product=product)
        told = {"draft": draft, "place": place, "insider": refused_here(person, Came.by(request))}
        return page(request, form, None, photos_kept(person, again.get("photos", [])), **told)
    form = ReviewForm(request.POST, by=person, product=product)
    photos = photos_sent(request, form)
    told = {"draft": draft, "place": place}
    if "preview" in request.POST:
        return page(request, form, None, photos, preview=preview(form, person, photos), **told)
    if form.is_valid() and (review := form.write(about, photos, occasion, place, Came.by(request))):
        thank(request, review)
        return HttpResponseRedirect(review.get_absolute_url())
    keep_when_too_many(form.refusal, form.data.get("text", ""), by=person, place=place)
    return page(request, form, None, photos, status=form.status, **told)


def change(request: HttpRequest, review: Review) -> HttpResponse:
    """The form of a review that there is."""
    person, product = request.user, review.product
    draft = draft_at(request, f"review-edit:{review.pk}")
    if request.method != "POST":
        form = ReviewForm(initial=ReviewForm.saying(review) | ReviewForm.begun(draft), by=person, product=product)
        return page(request, form, review, [], draft=draft)
    form = ReviewForm(request.POST, by=person, product=product)
    photos = photos_sent(request, form)
    if "preview" in request.POST:
        return page(request, form, review, photos, preview=preview(form, person, photos), draft=draft)
    dropped = [photo.pk for photo in review.photos.all() if f"drop-photo-{photo.pk}" in request.POST]
    shows = shown_anew(request, review)
    if form.is_valid() and form.rewrite(review, photos, dropped, Came.by(request), shows):
        review.refresh_from_db()
        if form.is_waiting:
            messages.success(request, str(WAITS))
        if refused_text(review):
            messages.info(
                request, _("Sent. Somebody looks at it again; it keeps the date on which you first wrote it.")
            )
            return HttpResponseRedirect(reverse("forums:review-edit", args=[review.pk]))
        return HttpResponseRedirect(review.get_absolute_url())
    newer = {}
    if form.refusal and form.refusal.code == "stale":
        post = form.refusal.details["newer"]
        newer = {"newer": post, "diff": diff_html(post.source, form.cleaned_data["text"])}
    return page(request, form, review, photos, status=form.status, draft=draft, **newer)


def draft_at(request: HttpRequest, place: str) -> Draft | None:
    """What its writer had begun there."""
    return Draft.objects.visible_to(request.user).filter(place=place).first()


def page(
    request: HttpRequest, form: ReviewForm, review: Review | None, photos: Photos, status: int = 200, **told: Any
) -> HttpResponse:
    """The page of the form."""
    context = {"form": form, "review": review, "product": form.product, "photos": photos}
    context["allowance"] = None if review else allowance_for(request.user, "review")
    context |= {"heading": heading(form, review), "version": review.opening.version if review else ""}
    context |= {"place": f"review-edit:{review.pk}", "refused": refused_text(review)} if review else {}
    return render(request, "forums/reviews/edit.html", context | told, status=status)


def heading(form: ReviewForm, review: Review | None) -> str:
    """What is being written."""
    if review:
        return _("Change your review")
    if form.product:
        return _("Review %(product)s") % {"product": form.product.name}
    return _("How do you find us?")


def preview(form: ReviewForm, person: Any, photos: Photos) -> dict[str, Any] | None:
    """What readers would see; nothing while something is missing."""
    if not form.is_valid():
        return None
    said = form.said
    subject = form.product.name if form.product else _("the company")
    return {
        "said": said,
        "title": said.heading(subject),
        "html": Post(html=to_html(said.source)).shown_html,
        "at": timezone.now(),
        "person": person,
        "photos": [attachment for attachment, _alt in photos],
        "aspects": [{"aspect": aspect, "stars": said.aspects.get(aspect.pk, 0)} for aspect in form.aspects],
    }


def thank(request: HttpRequest, review: Review) -> None:
    """Say what happens with it now. What everybody sees can be undone for a moment."""
    if review.thread.is_hidden and (check := extra_check(review)):
        messages.info(request, _("Thank you. %(check)s") % {"check": check.sentence})
    elif review.thread.is_hidden:
        messages.info(request, _("Thank you. A person looks at it before everybody can see it."))
    elif review.photos.waiting().exists():
        say_sent(request, review.opening, _("Thank you. Your review is here; a person looks at the photos first."))
    else:
        say_sent(request, review.opening, _("Thank you. Your review is here."))
