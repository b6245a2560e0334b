"""Reviews that somebody has begun to write or to change."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Product
from forums.reviews.models import Review
from forums.threads.unfinished import Where, belongs


@belongs("review")
def reviews(person: Any, ids: list[int]) -> dict[int, Where]:
    """New ones, by product."""
    products = Product.objects.visible_to(person).filter(pk__in=ids)
    return {
        one.pk: Where(_("Your review of"), one.name, reverse("forums:review-new", args=[one.slug])) for one in products
    }


@belongs("review-company")
def company(person: Any, ids: list[int]) -> dict[int, Where]:
    """A new one about the company."""
    return {0: Where(_("Your review of the company"), "", reverse("forums:company-review-new"))}


@belongs("review-edit")
def changes(person: Any, ids: list[int]) -> dict[int, Where]:
    """What is to be said instead."""
    own = Review.objects.filter(author=person, pk__in=ids).select_related("thread")
    return {
        one.pk: Where(_("Your change of"), one.thread.title, reverse("forums:review-edit", args=[one.pk]))
        for one in own
    }
