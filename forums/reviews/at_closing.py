"""What a review says beside its text, when its writer closes their account."""

from django.utils.translation import gettext_lazy as _

from community.people.closing import Leaving, leaves
from forums.reviews.models import Rating, Review


@leaves(
    _("Order and serial numbers of reviews"),
    count=lambda person: Review.objects.filter(author=person).exclude(owner_number="").count(),
    kept=_("are erased."),
)
def reviews(leaving: Leaving) -> None:
    Review.objects.filter(author=leaving.person).update(owner_number="")
    if leaving.takes_texts:
        Review.objects.filter(author=leaving.person).update(pros="", cons="", use_case="")
        Rating.objects.filter(review__author=leaving.person).update(pros="", cons="")
