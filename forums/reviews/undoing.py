"""A review that was taken back as soon as it was sent: nothing of it is left but its thread, which answers "gone".

Stars, pros and cons, photos, proofs and traces go with the review's row, so that no number, page or signal knows of it
and its writer can write another one. The form has all of it again.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from community.catalogue.models import Product
from community.refusals import Refusal
from forums.reviews.forms import ReviewForm
from forums.reviews.models import Review
from forums.threads.models import Thread
from forums.threads.undoing import Beginning, begins


def place_of(product: Product | None) -> str:
    """Where the draft of a review is kept."""
    return f"review:{product.pk}" if product else "review-company"


def review_page(thread: Thread) -> str:
    """The form, about the same product or about the company."""
    if thread.product:
        return reverse("forums:review-new", args=[thread.product.slug])
    return reverse("forums:company-review-new")


def forget(thread: Thread) -> dict[str, Any]:
    """The review is gone; this is what its form said."""
    review = Review.objects.select_related("product", "thread").filter(pk=thread.pk).first()
    if review is None:
        return {}
    if review.about == Review.About.SUPPORT:
        raise Refusal(_("What you said of our help stays with that matter. You can still change it."), code="not_here")
    typed = ReviewForm.saying(review)
    typed["photos"] = [(photo.attachment.key, photo.alt) for photo in review.photos.select_related("attachment")]
    review.delete()
    return typed


begins(Thread.Kind.REVIEW, Beginning(place=lambda thread: place_of(thread.product), url=review_page, forget=forget))
