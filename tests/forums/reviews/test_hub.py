"""The hub of a product, and products side by side."""

import json
import re

import pytest

from community.catalogue.models import ProductLine
from forums.reviews.models import Aspect
from tests.forums.reviews.scenes import ana_reviews, five_rate, reviews
from tests.scenes import ana_asks, ben_answers, one_line

pytestmark = pytest.mark.django_db


def test_the_hub_shows_the_numbers_that_search_engines_are_told(cast, client):
    five_rate(cast, cast.beam2)
    page = client.get("/products/beam-2/")
    text = one_line(page)
    assert 'data-testid="mean">3.4<' in text
    assert "3.4 from n = 5" in text
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    product = next(row for row in told if row["@type"] == "Product")
    assert (product["aggregateRating"]["ratingValue"], product["aggregateRating"]["reviewCount"]) == ("3.4", 5)


def test_the_hub_of_a_product_without_reviews_claims_nothing(cast, client):
    cast.beam2  # noqa: B018
    page = one_line(client.get("/products/beam-2/"))
    assert "Nobody has rated this yet." in page
    assert "aggregateRating" not in page


def test_the_hub_costs_at_most_twelve_queries(cast, client, django_assert_max_num_queries):
    five_rate(cast, cast.beam2)
    ben_answers(cast, ana_asks(cast))
    client.get("/products/beam-2/")
    with django_assert_max_num_queries(12):
        client.get("/products/beam-2/")
    with django_assert_max_num_queries(4):
        client.get("/products/")
    with django_assert_max_num_queries(8):
        client.get("/products/compare/?p=beam-2&p=kettle-one")


def test_products_are_narrowed_by_brand_and_line(cast, client):
    line = ProductLine.objects.create(name="Headphones", slug="headphones")
    cast.beam2.line = line
    cast.beam2.save()
    cast.kettle_one  # noqa: B018
    narrowed = [("?brand=kettle", "Kettle One", "Beam 2"), ("?line=headphones", "Beam 2", "Kettle One")]
    for query, seen, unseen in narrowed:
        page = client.get("/products/" + query).content.decode()
        assert f"Compare {seen}" in page
        assert f"Compare {unseen}" not in page
    assert "No products here" in client.get("/products/?brand=kettle&line=headphones").content.decode()


def test_up_to_four_products_stand_side_by_side(cast, client):
    line = cast.beam2.line = ProductLine.objects.create(name="Headphones", slug="headphones")
    cast.beam2.save()
    sound = Aspect.objects.create(line=line, name="Sound")
    ana_reviews(cast, 5, aspects={sound.pk: 4})
    reviews(cast.ben, 2, cast.beam2, aspects={sound.pk: 3})
    reviews(cast.ben, 1, cast.kettle_one)
    page = one_line(client.get("/products/compare/?p=beam-2&p=kettle-one&p=nothing"))
    assert page.count('<th scope="col"') == 2
    assert "3.5" in page
    assert "Nothing chosen" in client.get("/products/compare/").content.decode()
