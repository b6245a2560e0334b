"""Entitlements of the CRM as a proof of ownership: for reviews that are here, and for those that come later."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from community.catalogue.models import Product, order_key
from community.events.models import Event
from community.events.subscribing import on
from community.events.verbs import Verb
from forums.reviews.models import Review
from moderation.crm.connectors.base import Entitled
from moderation.crm.models import Connection, Entitlement


@transaction.atomic
def take(connection: Connection, told: list[Entitled]) -> int:
    """Keep what the CRM says, once each, and prove the reviews that it proves. Answers how many were proven."""
    proven = 0
    for one in told:
        product = Product.objects.filter(Q(slug=one.product) | Q(name=one.product)).first()
        if product is None or not is_address(one.email):
            continue
        facts = {"email": one.email, "product": product, "is_ended": one.is_ended}
        row, _new = Entitlement.objects.update_or_create(
            connection=connection, remote_id=order_key(one.id)[:60], defaults=facts
        )
        proven += sum(prove(review) for review in reviews_of(row))
    return proven


def reviews_of(row: Entitlement) -> Any:
    """The reviews of its product whose writers have confirmed its address."""
    people = EmailAddress.objects.filter(email__iexact=row.email, verified=True).values("user")
    return Review.objects.filter(product=row.product_id, author__in=people).select_related("thread", "author")


def prove(review: Review) -> bool:
    """Whether an entitlement says that its writer owns what they review."""
    confirmed = EmailAddress.objects.filter(user=review.author_id, verified=True).values_list("email", flat=True)
    mine = Entitlement.objects.filter(
        product=review.product_id, is_ended=False, email__in=[email.lower() for email in confirmed]
    ).first()
    if mine is None or review.proofs.filter(kind="crm").exists():
        return False
    review.prove_by_crm(mine.remote_id)
    return True


@on(Verb.REVIEW_WRITTEN, Verb.POST_PUBLISHED)
def look_for_entitlement(event: Event) -> None:
    """A new review: perhaps the CRM knows its writer as an owner."""
    about = {"pk" if event.verb == Verb.REVIEW_WRITTEN else "thread__posts": event.subject_id}
    review = Review.objects.filter(product__isnull=False, **about).select_related("thread", "author").first()
    if review is not None:
        prove(review)


def is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
