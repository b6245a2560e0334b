"""The page “How we check reviews” is made from what is set; each change is a version with its date."""

import pytest

from forums.reviews.checking import facts, publish
from forums.reviews.models import CheckingNotice, ReviewPolicy
from forums.reviews.tasks import say_what_is_set
from tests.forums.reviews.scenes import ana_reviews
from tests.jobs import work
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
PAGE = "/reviews/how-we-check/"


def test_ac_rev_8_changing_a_setting_makes_a_new_dated_version(cast, client, time_machine, settings):
    time_machine.move_to("2026-11-20T10:00:00Z")
    assert publish().number == 1
    assert publish().number == 1
    page = one_line(client.get(PAGE))
    assert "cannot review its products" in page
    assert "(10 × 3.8 + all stars) ÷ (10 + n)" in page
    assert "The newest come first, whatever their stars" in page
    time_machine.move_to("2026-11-25T10:00:00Z")
    ReviewPolicy.objects.change(by=cast.hana, reason="We would rather show them.", insiders="label")
    work()
    assert CheckingNotice.objects.count() == 2
    page = one_line(client.get(PAGE))
    assert "carry a label" in page
    assert "In force since 25 November 2026" in page
    assert "Version 1, 20 Nov 2026" in page
    old = one_line(client.get(f"{PAGE}1/"))
    assert "cannot review its products" in old
    assert "This is version 1 of 20 November 2026" in old
    settings.REVIEWS_PRIOR_WEIGHT = 20
    say_what_is_set(timestamp=0)
    assert CheckingNotice.objects.first().number == 3
    assert "(20 × 3.8 + all stars)" in one_line(client.get(PAGE))


def test_reading_it_writes_nothing(cast, client):
    assert client.get(PAGE).status_code == 200
    assert not CheckingNotice.objects.exists()
    assert client.get(f"{PAGE}1/").status_code == 404


def test_the_page_is_led_to_from_hub_list_and_widget(cast, client):
    ana_reviews(cast)
    for path in ("/products/beam-2/", "/products/beam-2/reviews/", "/reviews/", "/widgets/products/beam-2/"):
        assert PAGE in client.get(path).content.decode(), path


def test_all_facts_are_plain(cast):
    assert facts() == publish().facts
