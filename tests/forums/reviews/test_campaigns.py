"""Campaigns: what a review was written for stands beside it, and can be left out of the numbers."""

from datetime import date, timedelta

import pytest

from community.events.models import Event
from community.events.verbs import Verb
from community.refusals import Refusal
from forums.reviews.models import Campaign, Review
from forums.reviews.writing import Said
from tests.forums.reviews.scenes import five_rate, reviews
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
SAYS = {"stars": "5", "title": "On the train", "text": "Good on the train, all day long.", "once": "k"}
TERMS = "Twenty testers keep the headphones, whatever they write and however many stars they give."


@pytest.fixture
def today(time_machine):
    time_machine.move_to("2026-11-25T12:00:00Z")
    return date(2026, 11, 25)


def planned(cast, **fields) -> Campaign:
    facts = {"name": "Twenty testers", "kind": "product", "product": cast.beam2, "terms": TERMS, "invitation": "",
             "budget": "20 headphones", "begins_on": date(2026, 11, 1), "ends_on": date(2026, 11, 30)}  # fmt: skip
    return Campaign.objects.plan(by=cast.hana, **facts | fields)


def test_ac_rev_3_a_review_from_the_link_says_what_was_given(cast, client, today):
    campaign = planned(cast)
    five_rate(cast, cast.beam2)
    page = client.get(campaign.get_absolute_url())
    link = f"/products/beam-2/reviews/new/?campaign={campaign.code}"
    assert link in page.content.decode()
    client.force_login(cast.chris)
    assert f'value="{campaign.code}"' in client.get(link).content.decode()
    assert client.post(link, SAYS | {"campaign": campaign.code}).status_code == 302
    assert Review.objects.get(author=cast.chris).incentive == "product"
    client.logout()
    text = one_line(client.get("/products/beam-2/reviews/"))
    assert "got the product for free" in text
    assert 'data-testid="mean">3.7<' in text  # 5 5 5 4 2 1
    assert "got something for: 3.4 of 5 from 5" in text
    assert "got something for: 3.4 of 5 from 5" in one_line(client.get("/products/beam-2/"))


def test_ac_rev_3_the_filter_counts_anew(cast, client, today):
    campaign = planned(cast)
    five_rate(cast, cast.beam2)
    campaign.invite([cast.chris], by=cast.hana)
    reviews(cast.chris, 5, cast.beam2)  # without the link: whoever was asked is known
    text = one_line(client.get("/products/beam-2/reviews/?unrewarded=1"))
    assert "5 counted reviews fit: 3.4 of 5 in the mean" in text
    assert "got the product for free" not in text


def test_ac_rev_3_only_an_administrator_takes_the_label_off_with_a_reason(cast, client, today):
    campaign = planned(cast)
    review = Review.objects.write(Said(stars=5), by=cast.chris, product=cast.beam2, campaign=campaign.code)
    for by, reason, status in ((cast.hana, "Wrong", 403), (cast.fay, "Wrong", 403), (cast.kim, " ", 422)):
        with pytest.raises(Refusal) as refusal:
            review.take_incentive_off(by=by, reason=reason)
        assert refusal.value.status == status
    review.take_incentive_off(by=cast.kim, reason="Chris sent the headphones back unopened.")
    review.refresh_from_db()
    assert review.incentive == ""
    assert review.incentives.get().end_reason.startswith("Chris sent")


def test_ac_rev_3_the_page_that_takes_the_label_off_is_kims_and_wants_a_reason(cast, client, today):
    campaign = planned(cast)
    five_rate(cast, cast.beam2)
    review = Review.objects.write(Said(stars=5), by=cast.chris, product=cast.beam2, campaign=campaign.code)
    door, why = f"/desk/reviews/{review.pk}/incentive/", {"reason": "Chris sent the headphones back unopened."}
    for person, status in ((cast.chris, 404), (cast.dora, 403), (cast.hana, 403), (cast.fay, 403)):
        client.force_login(person)
        assert (client.get(door).status_code, client.post(door, why).status_code) == (status, status), person
    client.force_login(cast.kim)
    assert client.post(door, {"reason": " "}).status_code == 422
    client.logout()
    page = one_line(client.get("/products/beam-2/reviews/"))
    assert "got something for: 3.4 of 5 from 5" in page
    assert "5 counted reviews fit: 3.4 of 5" in one_line(client.get("/products/beam-2/reviews/?unrewarded=1"))

    client.force_login(cast.kim)
    assert client.post(door, why).status_code == 302
    client.logout()
    page = one_line(client.get("/products/beam-2/reviews/"))
    assert 'data-testid="mean">3.7<' in page
    assert "got something for" not in page
    assert "got the product for free" not in page
    assert "6 counted reviews fit: 3.7 of 5" in one_line(client.get("/products/beam-2/reviews/?unrewarded=1"))
    event = Event.objects.get(verb=Verb.REVIEW_INCENTIVE_REMOVED)
    assert (event.actor, event.details["reason"]) == (cast.kim, why["reason"])


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("terms", "Give us 5 stars and keep it."),
        ("terms", "For positive reviews only."),
        ("invitation", "Please change your review, and get a voucher."),
        ("name", "Five-star friends"),
        ("invitation", "If you like it, leave a review."),
        ("terms", "Für eine gute Bewertung gibt es einen Gutschein."),
    ],
)
def test_ac_rev_3_a_campaign_that_asks_for_praise_cannot_be_saved(cast, field, words, today):
    with pytest.raises(Refusal) as refusal:
        planned(cast, **{field: words})
    assert (refusal.value.status, refusal.value.code, refusal.value.details["field"]) == (422, "praise", field)
    assert not Campaign.objects.exists()


def test_a_campaign_that_is_over_labels_only_whom_it_had_asked(cast, client, today, time_machine):
    campaign = planned(cast)
    campaign.invite([cast.chris, cast.chris], by=cast.hana)
    assert campaign.invite([cast.chris], by=cast.hana) == 0
    campaign.end(by=cast.hana)
    time_machine.move_to(f"{today + timedelta(days=20)}T12:00:00Z")
    assert reviews(cast.chris, 4, cast.beam2).incentive == "product"
    assert reviews(cast.ana, 4, cast.beam2).incentive == ""
    assert "This campaign is over" in client.get(campaign.get_absolute_url()).content.decode()
