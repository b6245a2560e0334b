"""Reviews from elsewhere: once each, with source and day, bad rows by line; numbers as somebody else counts them."""

import csv
import gzip
import io
import json
import math
import time
from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import timezone

from community.catalogue.models import Product
from community.people.models import Person
from forums.reviews.bringing.rows import Fault, Told, guessed, names_in, read, rows_of
from forums.reviews.models import Review
from forums.reviews.recounting import recount_scores
from forums.threads.models import Attribution, Thread
from tests.forums.reviews.scenes import reviews
from tests.real_data import CLOTHING, ROOT, needs
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
CARD = ROOT / "reviews_sandisk" / "product_comments.csv.gz"
ROWS = """id;product;rating;title;review;name;date;helpful;unhelpful
a1;Beam 2;5;Light;A whole day on the train.;Mia;2024-05-02;3;1
a2;Toaster;4;;Brown bread.;Tom;2024-05-03;;
a3;beam-2;6;;Too good.;Kim-Lee;2024-05-03;;
a4;Beam 2;2;;"The hinge creaks,
and my number is 0151 23456789.";dora;2024-05-04;;
a5;Beam 2;three;;So so.;Al;2024-05-04;;
a6;Beam 2;3;;So so.;Al;2034-05-04;;
"""


def bring(tmp_path, text, *more, name="reviews.csv", **options):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    out, err = io.StringIO(), io.StringIO()
    call_command("import_reviews", str(path), *more, source="Old shop", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue().splitlines()


def test_bad_rows_are_named_by_their_line_and_the_others_come_in(cast, client, tmp_path):
    cast.beam2  # noqa: B018
    out, faults = bring(tmp_path, ROWS)
    assert "2 reviews added (0 held for a look), 0 here already, 4 faulty." in out
    assert faults == [
        "line 3: There is no product “Toaster”.",
        "line 4: 6 is not one to five stars.",
        "line 7: “three” is no number of stars.",
        "line 8: 2034-05-04 is not yet, or too long ago.",
    ]
    review = Review.objects.select_related("thread__attribution").get(stars=5)
    assert (review.thread.author.name, timezone.localdate(review.thread.created_at).isoformat()) == (
        "Mia",
        "2024-05-02",
    )
    assert (review.thread.attribution.source, review.thread.attribution.native_id) == ("Old shop", "a1")
    page = one_line(client.get(review.get_absolute_url()))
    assert "First published at Old shop" in page
    other = Review.objects.get(stars=2)
    assert "0151" not in other.opening.source
    assert other.author.name == "dora" or other.author.pk != cast.dora.pk


def test_coming_again_changes_nothing_and_a_dry_run_writes_nothing(cast, tmp_path):
    cast.beam2  # noqa: B018
    out, faults = bring(tmp_path, ROWS, "--dry-run")
    assert "2 reviews would be added" in out
    assert len(faults) == 4
    assert not Thread.objects.exists()
    bring(tmp_path, ROWS)
    people = Person.objects.count()
    assert "0 reviews added (0 held for a look), 2 here already" in bring(tmp_path, ROWS)[0]
    assert (Review.objects.count(), Attribution.objects.count(), Person.objects.count()) == (2, 2, people)
    assert recount_scores() == []


def test_json_and_json_lines_say_the_same_as_csv(cast, tmp_path):
    cast.beam2  # noqa: B018
    told = [{"reviewId": 7, "product": "Beam 2", "overall": 4.0, "summary": "Fine", "reviewText": "It does."}]
    for text in (json.dumps(told), json.dumps({"reviews": told}), json.dumps(told[0])):
        rows = rows_of(text.encode())
        (one,) = read(rows, guessed(names_in(rows)))
        assert isinstance(one, Told)
        assert (one.native_id, one.stars, one.title, one.text) == ("7", 4, "Fine", "It does.")
    assert "1 reviews added" in bring(tmp_path, json.dumps(told), name="reviews.json")[0]
    assert [fault.reason for fault in read(rows_of(b'{"a": 1}\n{'), {})][1] == "This is no review."
    assert isinstance(next(read(rows_of(b"[3]"), {})), Fault)


def test_votes_that_came_along_are_kept_when_readers_vote_here(cast, tmp_path):
    cast.beam2  # noqa: B018
    bring(tmp_path, ROWS)
    review = Review.objects.get(stars=5)
    assert (review.opening.score, review.unhelpful_count) == (3, 1)
    review.find_unhelpful(by=cast.ana)
    review.find_helpful(by=cast.ben)
    review = Review.objects.get(stars=5)
    assert (review.opening.score, review.unhelpful_count) == (4, 2)
    review.take_back_verdict(by=cast.ana)
    assert Review.objects.get(stars=5).unhelpful_count == 1


def test_a_writer_whom_the_source_numbers_reviews_a_product_once(cast, tmp_path):
    cast.beam2, cast.kettle_one  # noqa: B018
    head = "id,product,stars,author,author_id,text\n"
    _out, faults = bring(tmp_path, head + "1,Beam 2,5,Mia,m,Good\n2,Beam 2,1,Mia,m,Bad\n3,Kettle One,4,Mia,m,Loud\n")
    assert faults == ["line 3: Its writer has reviewed this product already."]
    assert len(set(Review.objects.values_list("author", flat=True))) == 1
    _out, faults = bring(tmp_path, head + "9,Beam 2,3,Mia,m,Again\n")
    assert faults == ["line 2: Its writer has reviewed this product already."]


def test_what_comes_in_stands_in_the_sums_beside_what_is_written_here(cast, tmp_path):
    reviews(cast.ana, 4, cast.beam2)
    bring(tmp_path, ROWS)
    assert Product.objects.get(slug="beam-2").score.histogram == [0, 1, 0, 1, 1]
    assert recount_scores() == []


def test_real_reviews_of_many_products_come_in_within_twenty_seconds(db):
    began, out = time.process_time(), io.StringIO()
    call_command(
        "import_reviews", str(CLOTHING), source="A retailer", brand="Retailer", stdout=out, stderr=io.StringIO()
    )
    assert time.process_time() - began < 20
    with gzip.open(CLOTHING, "rt") as file:
        rows = list(csv.DictReader(file))
    assert Review.objects.count() == len(rows) == 1000
    stars = Counter(int(row["Rating"]) for row in rows)
    assert Counter(Review.objects.values_list("counted_as", flat=True)) == stars
    assert recount_scores() == []


@needs(CARD)
def test_4915_real_reviews_have_the_mean_histogram_and_order_of_a_calculation_of_ones_own(cast, client):
    call_command(
        "import_reviews", str(CARD), source="A shop", product=cast.beam2.slug, stdout=io.StringIO(),
        stderr=io.StringIO(),
    )  # fmt: skip
    with gzip.open(CARD, "rt") as file:
        rows = list(csv.DictReader(file))
    assert Review.objects.count() == len(rows) == 4915
    given = [float(row["overall"]) for row in rows]
    score = Product.objects.get(slug="beam-2").score
    assert score.histogram == [given.count(stars) for stars in (1, 2, 3, 4, 5)] == [244, 80, 142, 527, 3922]
    assert float(score.mean) == round(sum(given) / len(given), 1) == 4.6
    best = sorted(map(lower_bound, rows), reverse=True)[:200]
    kept = Review.objects.order_by("-helpfulness", "-pk").values_list("helpfulness", flat=True)[:200]
    assert [round(1_000_000 * one) for one in best] == list(kept)
    first = max(rows, key=lower_bound)
    page = one_line(client.get("/products/beam-2/reviews/?sort=helpful"))
    assert first["summary"][:20] in page


def lower_bound(row: dict[str, str]) -> float:
    """Wilson's formula as its books print it."""
    yes, total = json.loads(row["helpful"])
    if not total:
        return 0.0
    z, p = 1.959964, yes / total
    root = math.sqrt(p * (1 - p) / total + z**2 / (4 * total**2))
    return max(0.0, (p + z**2 / (2 * total) - z * root) / (1 + z**2 / total))
