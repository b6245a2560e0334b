"""Lists of reviews: order, filters, search, what a page costs, and what search engines are told."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from forums.reviews.models import Review
from tests.forums.reviews.scenes import ana_reviews, five_rate, reviews
from tests.jobs import work
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
LIST = "/products/beam-2/reviews/"


def titles(client, query=""):
    return re.findall(r'<h3 dir="auto"><a [^>]*>([^<]*)</a>', client.get(LIST + query).content.decode())


def told(page) -> list[dict]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)
    data = json.loads(found[1])
    return data if isinstance(data, list) else [data]


@pytest.fixture
def three(cast):
    """The oldest is liked by few and helpful, the newest is liked by none."""
    first = reviews(cast.ben, 3, cast.beam2, title="Middling sound", source="The battery lasts.")
    second = ana_reviews(cast, 5, title="Wonderful trains", cons="The hinge creaks")
    third = reviews(cast.chris, 1, cast.beam2, title="Broken hinge", product_version=cast.fw32)
    first.find_helpful(by=cast.ana)
    first.find_helpful(by=cast.chris)
    second.find_helpful(by=cast.ben)
    third.find_unhelpful(by=cast.ben)
    Review.objects.filter(pk=second.pk).update(proof="order", photo_count=1)
    work()
    return first, second, third


def test_the_newest_come_first_and_the_order_is_published(cast, client, three):
    assert titles(client) == ["Broken hinge", "Wonderful trains", "Middling sound"]
    assert "Newest first. The stars play no part in this order." in one_line(client.get(LIST))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?sort=helpful", ["Middling sound", "Wonderful trains", "Broken hinge"]),
        ("?sort=highest", ["Wonderful trains", "Middling sound", "Broken hinge"]),
        ("?sort=lowest", ["Broken hinge", "Middling sound", "Wonderful trains"]),
        ("?verified=1", ["Wonderful trains"]),
        ("?photos=1", ["Wonderful trains"]),
        ("?stars=3", ["Middling sound"]),
        ("?q=hinge", ["Broken hinge", "Wonderful trains"]),
        ("?q=battery", ["Middling sound"]),
        ("?sort=nonsense&stars=9&version=x&after=zz", ["Broken hinge", "Wonderful trains", "Middling sound"]),
    ],
)
def test_sorting_filters_and_search(cast, client, three, query, expected):
    assert titles(client, query) == expected


def test_a_version_is_a_filter(cast, client, three):
    assert titles(client, f"?version={cast.fw32.pk}") == ["Broken hinge"]


def test_numbers_of_a_filter_are_those_of_what_fits(cast, client, three):
    page = one_line(client.get(LIST + "?verified=1"))
    assert "1 counted review fits: 5.0 of 5" in page


@pytest.mark.parametrize("sort", ["newest", "helpful", "highest", "lowest"])
def test_each_order_is_read_to_its_end_by_key(cast, client, sort):
    five_rate(cast, cast.beam2, (5, 5, 4, 2, 1, 3, 3, 5, 1, 2, 4, 4, 1))
    seen, url = [], f"{LIST}?sort={sort}"
    while url:
        page = client.get(url).content.decode()
        seen += re.findall(r'<li class="review" id="review-(\d+)"', page)
        more = re.search(r'href="([^"]*)" rel="next"', page)
        url = more and more[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 13


def test_ac_rev_1_both_numbers_stand_on_the_page_with_formula_and_n(cast, client):
    five_rate(cast, cast.beam2)
    page = one_line(client.get(LIST))
    assert 'data-testid="mean">3.4<' in page
    assert "5 reviews" in page
    assert "3.4 from n = 5" in page
    assert "(10 × 3.8 + all stars) ÷ (10 + 5) = 3.7" in page


def test_search_engines_are_told_what_the_page_shows(cast, client):
    five_rate(cast, cast.beam2)
    rating = next(row for row in told(client.get(LIST)) if row["@type"] == "Product")["aggregateRating"]
    assert (rating["ratingValue"], rating["reviewCount"]) == ("3.4", 5)
    reviews(cast.ana, 1)
    assert "aggregateRating" not in client.get("/reviews/company/").content.decode()


def test_a_page_costs_the_same_whatever_is_on_it(cast, client, django_assert_max_num_queries):
    five_rate(cast, cast.beam2, (5, 4, 3, 2, 1, 5, 4))
    with django_assert_max_num_queries(12):
        client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(LIST + "?verified=1&q=train")
    page = Review.objects.first().get_absolute_url()
    with django_assert_max_num_queries(12):
        client.get(page)
    with django_assert_max_num_queries(4):
        client.get(LIST)


def test_the_kept_list_says_what_is_true_now(cast, client):
    review = ana_reviews(cast, 2)
    assert "2 of 5 stars" in client.get(LIST).content.decode()
    review.opening.hide(by=cast.hana, reason="spam")
    page = client.get(LIST)
    assert "No reviews yet" in page.content.decode()
    assert f"product-{cast.beam2.pk}" in page.headers["Surrogate-Key"]


def test_members_see_their_own_verdicts_and_give_them(cast, client, three):
    first, second, _third = three
    client.force_login(cast.ana)
    page = client.get(LIST).content.decode()
    assert page.count('aria-pressed="true"') == 1
    assert f'href="/reviews/{second.pk}/deeds/edit/"' in page

    url = f"/reviews/{first.pk}/deeds/verdict/"
    answer = client.post(url, {"verdict": "no"}, headers={"HX-Request": "true"})
    assert f'id="review-{first.pk}-verdict"' in answer.content.decode()
    first = Review.objects.get(pk=first.pk)
    assert (first.opening.score, first.unhelpful_count) == (1, 1)
    assert client.post(url, {"verdict": "maybe"}).status_code == 400
    assert client.post(f"/reviews/{second.pk}/deeds/verdict/", {"verdict": "yes"}).status_code == 403
    assert client.get(url).status_code == 405


def test_a_hidden_review_looks_like_a_missing_one(cast, client):
    review = ana_reviews(cast)
    review.opening.hide(by=cast.hana, reason="spam")
    for url in (review.get_absolute_url(), f"/reviews/{review.pk}/history/stars/", "/reviews/999/nothing/"):
        assert client.get(url).status_code == 404


def test_the_feeds_hold_the_newest_whatever_they_say(cast, client, three):
    for url in ("/feeds/reviews/", "/feeds/reviews/beam-2/"):
        feed = client.get(url).content.decode()
        assert feed.index("★☆☆☆☆ Broken hinge") < feed.index("★★★★★ Wonderful trains")


def test_reviews_are_old_enough_to_be_recent(cast, client):
    review = ana_reviews(cast, 5)
    reviews(cast.ben, 3, cast.beam2)
    Review.objects.filter(pk=review.pk).update(written_at=timezone.now() - timedelta(days=120))
    assert "In the last 90 days: 1 review, 3.0 of 5" in one_line(client.get(LIST))
