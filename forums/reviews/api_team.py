"""What moderators do about reviews, for programs: owners who are confirmed by hand, and photos that wait."""

from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import get_object_or_404

from community.api.operations import AFTER, ApiRequest, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Listed, Many
from community.paging import page_of
from community.people.roles import Capability
from forums.reviews.api_shapes import Picture, ReviewTold, picture_told, readable, told
from forums.reviews.forms import OwnerForm, ReasonForm
from forums.reviews.models import Photo
from forums.reviews.models.proof import Proof

MODERATORS = (Capability.MODERATE,)


@dataclass
class ProofTold:
    """Why somebody is taken for an owner: by order, serial number, the CRM, or by hand, with who said so and why.
    `until` and what follows are filled when it was withdrawn. The order itself is contact data and not told."""

    kind: str
    by: str
    reason: str
    since: datetime
    until: datetime | None
    withdrawn_by: str
    withdrawn_because: str


@dataclass
class PhotoOfReview:
    """A photo with the review that it belongs to."""

    photo: Picture
    review: int


@operation(Area.DESK, Many(ProofTold), needs=MODERATORS)
def list_proofs(request: ApiRequest, review_id: int) -> Listed:
    """Every proof that the writer of a review owns the product, also those that were withdrawn."""
    proofs = readable(request, review_id).proofs.select_related("by", "ended_by")
    return Listed([proof_told(one) for one in proofs])


def proof_told(proof: Proof) -> ProofTold:
    """A proof for the team."""
    return ProofTold(
        kind=proof.kind,
        by=proof.by.name if proof.by else "",
        reason=proof.reason,
        since=proof.created_at,
        until=proof.ended_at,
        withdrawn_by=proof.ended_by.name if proof.ended_by else "",
        withdrawn_because=proof.end_reason,
    )


@operation(Area.DESK, ReviewTold, form=OwnerForm, needs=MODERATORS, statuses=(201,))
def confirm_owner(request: ApiRequest, review_id: int) -> ReviewTold:
    """Confirm an owner by hand, with the order and a reason. Readers see that it was done by hand."""
    review, form = readable(request, review_id), OwnerForm(request.data)
    saved(form, lambda: review.confirm_owner(by=request.user, **form.cleaned_data))
    return told(review)


@operation(Area.DESK, ReviewTold, form=ReasonForm, needs=MODERATORS)
def withdraw_proof(request: ApiRequest, review_id: int) -> ReviewTold:
    """What was taken for a proof is none."""
    review, form = readable(request, review_id), ReasonForm(request.data)
    saved(form, lambda: review.withdraw_proof(by=request.user, reason=form.cleaned_data["reason"]))
    return told(review)


@operation(Area.DESK, Many(PhotoOfReview), query=(AFTER,), needs=MODERATORS)
def list_waiting_photos(request: ApiRequest) -> Listed:
    """Photos that wait until somebody has looked at them, the oldest first."""
    waiting = Photo.objects.visible_to(request.user).waiting().select_related("attachment", "hiding")
    page = page_of(waiting, "created_at", request.GET.get("after", ""))
    return Listed([of_review(one) for one in page.rows], page.older)


def of_review(photo: Photo) -> PhotoOfReview:
    """A photo, and where it stands."""
    return PhotoOfReview(picture_told(photo), photo.review_id)


def photo_of(request: ApiRequest, pk: int) -> Photo:
    """A photo that the moderator may see."""
    seen = Photo.objects.visible_to(request.user).select_related("review__thread", "attachment", "hiding")
    return get_object_or_404(seen, pk=pk)


@operation(Area.DESK, PhotoOfReview, needs=MODERATORS)
def show_photo(request: ApiRequest, pk: int) -> PhotoOfReview:
    """The photo may be seen."""
    photo_of(request, pk).show(by=request.user)
    return of_review(photo_of(request, pk))


@operation(Area.DESK, PhotoOfReview, form=ReasonForm, needs=MODERATORS)
def hide_photo(request: ApiRequest, pk: int) -> PhotoOfReview:
    """The photo goes out of sight, with a reason that its author is told. The text stays."""
    photo, form = photo_of(request, pk), ReasonForm(request.data)
    saved(form, lambda: photo.hide(by=request.user, reason=form.cleaned_data["reason"]))
    return of_review(photo_of(request, pk))


api_review_owner = resource("api_review_owner", get=list_proofs, post=confirm_owner)
api_review_owner_withdrawal = resource("api_review_owner_withdrawal", post=withdraw_proof)
api_waiting_photos = resource("api_waiting_photos", get=list_waiting_photos)
api_photo_show = resource("api_photo_show", post=show_photo)
api_photo_hide = resource("api_photo_hide", post=hide_photo)
