"""The hub of a product, and products side by side."""

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from community.catalogue.models import Product, ProductLine
from community.people.models import Person
from forums.reviews.models import Aspect, AspectRating, Review
from forums.reviews.recounting import recount_scores
from forums.threads.models import Thread
from tests.community.api.program import Program
from tests.forums.reviews.scenes import ana_reviews, five_rate, photo_bytes, reviews
from tests.jobs import work
from tests.scenes import TITLE, ana_asks, ben_answers, one_line

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


def test_five_are_chosen_and_four_stand_side_by_side(cast, client):
    for n in range(5):
        Product.objects.create(brand=cast.northlight, name=f"Lamp {n}", slug=f"lamp-{n}", icon="box")
    page = one_line(client.get("/products/compare/?" + "&".join(f"p=lamp-{n}" for n in range(5))))
    assert page.count('<th scope="col"') == 4
    assert "Four fit beside each other; the others were left out." in page
    assert "/products/lamp-4/" not in page


def test_the_means_of_aspects_are_exact_over_the_latest_500_and_the_same_side_by_side(cast, client):
    """600 rate the sound: the oldest hundred give one star, then 240 give four and 260 give five."""
    line = cast.beam2.line = ProductLine.objects.create(name="Headphones", slug="headphones")
    cast.beam2.save()
    sound, now = Aspect.objects.create(line=line, name="Sound"), timezone.now()
    given = [5] * 260 + [4] * 240 + [1] * 100  # the newest first
    people = Person.objects.bulk_create(
        Person(username=f"r{n}", username_key=f"r{n}", password="!") for n in range(len(given))
    )
    about = {"product": cast.beam2}
    threads = Thread.objects.bulk_create(
        Thread(kind="review", title="Four weeks", slug="four-weeks", author=one, **about) for one in people
    )
    Review.objects.bulk_create(
        Review(thread=thread, author=thread.author, stars=3, written_at=now - timedelta(hours=n), **about)
        for n, thread in enumerate(threads)
    )
    rated = zip(threads, given, strict=True)
    AspectRating.objects.bulk_create(AspectRating(review_id=one.pk, aspect=sound, stars=stars) for one, stars in rated)
    recount_scores()
    hub, beside = (one_line(client.get(path)) for path in ("/products/beam-2/", "/products/compare/?p=beam-2"))
    assert "<dt>Sound</dt>" in hub
    assert 'value="4.5"' in hub.partition("<dt>Sound</dt>")[2][:120]  # 2260 / 500 = 4.52
    assert Program().get("/products/beam-2/").json()["aspects"] == [{"name": "Sound", "mean": 4.5, "n": 500}]
    assert "the mean over the latest 500 reviews at most" in hub
    assert " 4.5</td>" in beside.partition(">Sound<")[2].partition("</tr>")[0]
    assert "the mean over the latest 500 reviews at most" in beside


def test_the_hub_has_all_that_a_buyer_looks_for_and_both_ways_to_speak(cast, client):
    """Scores with n, recency, photos, reviews, known problems, top answers, who answers, versions; ask and review."""
    solved = ana_asks(cast)
    best = ben_answers(cast, solved)
    solved.accept(best, by=cast.ana)
    best.vote(by=cast.chris)
    troubled = ana_asks(cast, title="The left side falls silent each night", source="It does so every night at ten.")
    for name in ("uma", "tom", "ida", "jon"):
        troubled.share_problem(by=cast.person(name))
    client.force_login(cast.ben)
    photo = SimpleUploadedFile("desk.jpg", photo_bytes(), "image/jpeg")
    says = {"stars": "4", "title": "Quiet trains at last", "text": "And light enough.", "photos": [photo]}
    assert client.post("/products/beam-2/reviews/new/", says).status_code == 302
    work()
    client.logout()
    page = one_line(client.get("/products/beam-2/"))
    rail = page.partition("Answers that helped most")[2]
    for words in (
        'data-testid="mean">4.0<',
        "Careful score 3.8, n = 1",
        "In the last 90 days: 1 review, 4.0 of 5",
        "Quiet trains at last",
        'class="photos strip"',
        "Many have this now",
        "The left side falls silent each night",
        "4 people",
        TITLE,
        'href="/products/beam-2/reviews/new/"',
        'href="/questions/new/?product=beam-2"',
        'href="/reviews/how-we-check/"',
    ):
        assert words in page, words
    for words in (best.get_absolute_url(), "1 vote", "Who answers here", "/people/ben/", ">fw 3.2<", ">5 Oct 2026<"):
        assert words in rail, words
