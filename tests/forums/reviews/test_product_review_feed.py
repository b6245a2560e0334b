"""The product review feed is what its format says; the checker itself finds what is not."""

from datetime import date

import pytest

from forums.reviews.models import Campaign, Review
from forums.reviews.writing import Said
from tests.forums.reviews.product_review_schema import faults_of
from tests.forums.reviews.scenes import ana_reviews, five_rate, reviews, shop_tells

pytestmark = pytest.mark.django_db
FEED = "/feeds/product-reviews.xml"


def every_kind(cast) -> None:
    """Stars only, pros and cons, markup, foreign letters, control characters, a rewarded one, one from elsewhere."""
    shop_tells(cast)
    cast.confirm(cast.ana)
    odd = {
        "title": "Light & loud <3",
        "pros": "- light\n- loud",
        "cons": "* case",
        "source": "**Bold** \x0b ümlaut ]]>",
    }
    ana_reviews(cast, 4, **odd)
    reviews(cast.chris, 2, cast.kettle_one, title="", source="")
    Campaign.objects.plan(
        by=cast.hana, name="Testers", kind="product", product=cast.beam2, terms="They keep it.",
        begins_on=date(2020, 1, 1), ends_on=date(2040, 1, 1),
    ).invite([cast.ben], by=cast.hana)  # fmt: skip
    Review.objects.write(Said(stars=1, source="العربية"), by=cast.ben, product=cast.beam2)
    five_rate(cast, cast.beam2)


def test_the_feed_keeps_to_its_schema(cast, client):
    every_kind(cast)
    answer = client.get(FEED)
    assert faults_of(answer.content) == []
    assert answer.content.count(b"<review>") == Review.objects.counted().count() == 8
    assert answer.content.count(b"<is_incentivized_review>true") == 1
    assert answer.content.count(b"<is_verified_purchase>true") == 1


def test_an_empty_feed_keeps_to_it_as_well(db, client):
    assert faults_of(client.get(FEED).content) == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (b"<version>2.4", b"<version>2.3", "feed/version says '2.3'"),
        (b"<title>", b"<note>x</note><title>", "has a note"),
        (b"<is_spam>false</is_spam>", b"", ""),
        (b"<is_spam>false", b"<is_spam>no", "is_spam says 'no'"),
        (b' min="1"', b"", "overall lacks min"),
        (b'max="5">', b'max="3">', "is not between 1 and 3"),
        (b"<product_url>http", b"<product_url>/products", "product_url says"),
        (b"<review_timestamp>2", b"<review_timestamp>on 2", "review_timestamp says"),
        (b' type="singleton"', b' type="one"', "has type='one'"),
        (b"<ratings>", b"<ratings></ratings><ratings>", "has 2 ratings"),
    ],
)
def test_the_checker_finds_what_is_wrong(cast, client, right, wrong, fault):
    ana_reviews(cast, 4)
    data = client.get(FEED).content
    assert right in data
    found = faults_of(data.replace(right, wrong, 1))
    assert any(fault in one for one in found) if fault else found == []


def test_the_checker_finds_another_order_and_ids_that_are_there_twice(cast, client):
    ana_reviews(cast, 4)
    data = client.get(FEED).content
    begin, end = data.index(b"    <review>"), data.index(b"</review>") + len(b"</review>")
    twice = data[:end] + data[begin:end] + data[end:]
    assert any("is there twice" in one for one in faults_of(twice))
    spam = b"<is_spam>false</is_spam>"
    moved = data.replace(spam, b"", 1).replace(b"<ratings>", spam + b"<ratings>", 1)
    assert "feed/reviews/review has its elements in another order" in faults_of(moved)
