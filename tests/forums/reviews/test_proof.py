"""AC-REV-1: who is a verified owner, and how staff cannot make one in silence."""

import pytest
from django.db import IntegrityError, transaction

from community.events.models import Event
from community.events.verbs import Verb
from community.refusals import Refusal
from forums.reviews.models import Proof
from tests.forums.reviews.scenes import ana_reviews, reviews, shop_tells

pytestmark = pytest.mark.django_db


def test_ac_rev_1_order_nl_1001_makes_a_verified_owner(cast):
    cast.confirm(cast.ana)
    shop_tells(cast)
    review = ana_reviews(cast)
    assert review.proof == Proof.Kind.ORDER


def test_ac_rev_1_without_an_order_it_is_published_without_a_badge(cast):
    review = reviews(cast.chris, 5, cast.beam2)
    assert review.proof == ""
    assert not review.thread.is_hidden


def test_an_order_number_of_somebody_else_proves_nothing(cast):
    cast.confirm(cast.chris)
    shop_tells(cast)
    assert reviews(cast.chris, 5, cast.beam2, owner_number="NL-1001").proof == ""


def test_an_address_that_nobody_confirmed_proves_nothing(cast):
    shop_tells(cast)
    assert ana_reviews(cast, owner_number="NL-1001").proof == ""


def test_an_order_without_an_address_is_proved_by_its_number(cast):
    shop_tells(cast, email="", number="NL-77")
    assert reviews(cast.chris, 5, cast.beam2, owner_number="nl-77 ").proof == Proof.Kind.ORDER


def test_a_serial_number_proves_one_owner_and_no_second(cast):
    shop_tells(cast, email="somebody@example.org", serial="B2-XK-90412")
    assert reviews(cast.chris, 5, cast.beam2, owner_number="b2-xk-90412").proof == Proof.Kind.SERIAL
    assert reviews(cast.ben, 5, cast.beam2, owner_number="B2-XK-90412").proof == ""


def test_an_order_of_another_product_proves_nothing(cast):
    cast.confirm(cast.ana)
    shop_tells(cast, product=cast.kettle_one)
    assert ana_reviews(cast).proof == ""


@pytest.mark.parametrize(("number", "reason"), [("", "Saw the receipt."), ("NL-9", ""), ("  ", " ")])
def test_ac_rev_1_kim_cannot_confirm_without_an_order_and_a_reason(cast, number, reason):
    review = reviews(cast.chris, 5, cast.beam2)
    with pytest.raises(Refusal) as refused:
        review.confirm_owner(by=cast.kim, order_number=number, reason=reason)
    assert refused.value.status == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.create(review=review, kind=Proof.Kind.BY_HAND, by=cast.kim)


def test_ac_rev_1_kim_confirms_on_proof_and_it_is_audited(cast):
    review = reviews(cast.chris, 5, cast.beam2)
    review.confirm_owner(by=cast.kim, order_number="NL-9", reason="Saw the receipt.")
    assert review.is_by_hand
    assert review.get_proof_display() == "Confirmed by staff on proof"
    event = Event.objects.get(verb=Verb.REVIEW_PROVEN)
    assert (event.actor, event.details["reason"]) == (cast.kim, "Saw the receipt.")

    review.withdraw_proof(by=cast.kim, reason="The receipt was for another.")
    assert review.proof == ""
    assert Proof.objects.get().ended_by == cast.kim


def test_agents_and_customers_confirm_nobody(cast):
    review = reviews(cast.chris, 5, cast.beam2)
    for person in (cast.dora, cast.ben, cast.chris):
        with pytest.raises(Refusal):
            review.confirm_owner(by=person, order_number="NL-9", reason="Trust me.")
