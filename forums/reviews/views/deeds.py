"""Small deeds on reviews: whether one helped, and what staff do about photos and owners."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.numbers import number_in
from community.once import once
from community.people.guards import requires, signed_in
from community.people.roles import Capability
from forums.reviews.forms import OwnerForm, ReasonForm
from forums.reviews.models import Photo, Review

SHOWN_AT_ONCE = 50


@signed_in
@require_POST
def review_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a review helped, that it did not, or take that back."""
    review = seen_review(request, pk)
    verdicts = {"yes": review.find_helpful, "no": review.find_unhelpful, "none": review.take_back_verdict}
    verdict = request.POST.get("verdict", "")
    if verdict not in verdicts:
        return HttpResponseBadRequest()
    verdicts[verdict](by=request.user)
    if not request.htmx:
        return HttpResponseRedirect(review.get_absolute_url())
    review = seen_review(request, pk)
    context = {"review": review, "opening": review.opening, "said": {"yes": True, "no": False}.get(verdict)}
    return render(request, "forums/reviews/_verdict.html", context | {"member": True})


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def review_confirm_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm an owner by hand, with the order and a reason."""
    review = seen_review(request, pk)
    form = OwnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        review.confirm_owner(by=request.user, **form.cleaned_data)
        return HttpResponseRedirect(review.get_absolute_url())
    context = {"review": review, "form": form, "proofs": review.proofs.select_related("by", "ended_by")}
    return render(request, "forums/reviews/owner.html", context, status=422 if form.errors else 200)


@requires(Capability.MODERATE)
@require_POST
@once
def review_withdraw_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """What was taken for a proof is none."""
    review = seen_review(request, pk)
    review.withdraw_proof(by=request.user, reason=request.POST.get("reason", ""))
    return HttpResponseRedirect(review.get_absolute_url())


@requires(Capability.MODERATE)
@require_safe
def photo_list(request: HttpRequest) -> HttpResponse:
    """Photos that wait until somebody has looked at them, the oldest first; or all those of one review."""
    seen, asked = Photo.objects.visible_to(request.user), number_in(request.GET.get("review", ""))
    found = seen.waiting() if asked is None else seen.filter(review=asked)
    photos = found.select_related("attachment__blob", "review__thread__author", "review__product")
    return render(request, "forums/reviews/photos.html", {"photos": list(photos[:SHOWN_AT_ONCE])})


@requires(Capability.MODERATE)
@require_POST
@once
def photo_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo may be seen."""
    photo = seen_photo(request, pk)
    photo.show(by=request.user)
    return back(request, photo)


@requires(Capability.MODERATE)
@require_POST
@once
def photo_hide(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo goes out of sight, with a reason that its author is told. The text stays."""
    photo = seen_photo(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render(request, "forums/reviews/photos.html", {"photos": [photo], "form": form}, status=422)
    photo.hide(by=request.user, reason=form.cleaned_data["reason"])
    return back(request, photo)


def seen_review(request: HttpRequest, pk: int) -> Review:
    """A review that the person can read."""
    reviews = Review.objects.visible_to(request.user).select_related("thread__author", "author", "product")
    return get_object_or_404(reviews, pk=pk)


def seen_photo(request: HttpRequest, pk: int) -> Photo:
    photos = Photo.objects.visible_to(request.user).select_related("review__thread", "attachment__blob")
    return get_object_or_404(photos, pk=pk)


def back(request: HttpRequest, photo: Photo) -> HttpResponse:
    """To the list of what waits, or to the review from which somebody came."""
    there = "/reviews/photos/" if request.POST.get("from") == "list" else photo.review.get_absolute_url()
    return HttpResponseRedirect(there)
