"""What a person rated."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.people.taking_along import takes_along
from forums.reviews.exporting import rows
from forums.reviews.models import Review


@takes_along("reviews", _("Your reviews, with stars, pros and cons"))
def reviews(person: Person) -> Any:
    """In the fields by which a review is brought in elsewhere."""
    return rows(Review.objects.filter(author=person))
