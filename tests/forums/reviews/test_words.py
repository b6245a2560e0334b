"""Looking for words within the reviews of a product: by the index, the best first, with every filter, by address."""

import re

import pytest

from tests.forums.reviews.scenes import ana_reviews, reviews
from tests.jobs import work

pytestmark = pytest.mark.django_db
LIST = "/products/beam-2/reviews/"


@pytest.fixture
def four(cast):
    reviews(cast.ben, 3, cast.beam2, title="Battery, battery, battery", source="The battery lasts three days.")
    ana_reviews(cast, 5, title="Wonderful trains", source="No hinge creaks, and the battery is fine.", cons="Cable")
    reviews(cast.chris, 1, cast.beam2, title="Broken hinges", source="It broke on the second day at home.")
    reviews(cast.ben, 2, cast.kettle_one, title="Hinge of the lid", source="Another product with a hinge.")
    work()


def titles(client, query):
    return re.findall(r'<h3 dir="auto"><a [^>]*>([^<]*)</a>', client.get(LIST + query).content.decode())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=hinge", ["Broken hinges", "Wonderful trains"]),
        ("?q=hinged+creaking", ["Wonderful trains"]),
        ("?q=battery", ["Battery, battery, battery", "Wonderful trains"]),
        ("?q=battery&sort=highest", ["Wonderful trains", "Battery, battery, battery"]),
        ("?q=battery&stars=3", ["Battery, battery, battery"]),
        ("?q=batery", ["Battery, battery, battery", "Wonderful trains"]),
        ("?q=%22second+day%22", ["Broken hinges"]),
        ("?q=cable", ["Wonderful trains"]),
        ("?q=lid", []),
        ("?q=zzzz", []),
        ("?sort=best", ["Broken hinges", "Wonderful trains", "Battery, battery, battery"]),
    ],
)
def test_words_are_found_inflected_mistyped_and_as_phrases_with_every_filter(client, four, query, expected):
    assert titles(client, query) == expected


def test_what_is_hidden_is_found_no_longer(cast, client, four):
    reviewed = client.get(LIST + "?q=hinge")
    assert "Broken hinges" in reviewed.content.decode()
    cast.chris.reviews.get().opening.hide(by=cast.hana, reason="A name of a neighbour")
    assert titles(client, "?q=hinge") == ["Wonderful trains"]


def test_the_best_are_read_to_their_end_by_key(cast, client):
    for number in range(23):
        reviews(
            cast.person(f"reader{number}"), 4, cast.beam2, title=f"Cable number {number}", source="The cable is long."
        )
    work()
    seen, query = [], "?q=cable"
    while query:
        page = client.get(LIST + query).content.decode()
        seen += re.findall(r'<h3 dir="auto"><a [^>]*>([^<]*)</a>', page)
        found = re.search(r'href="/products/beam-2/reviews/(\?[^"]*after=[^"]*)" rel="next"', page)
        query = found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == len(set(seen)) == 23
