"""The rating on other sites: small, without cookie and script, in a frame of whoever wants it."""

import pytest

from tests.forums.reviews.scenes import five_rate
from tests.scenes import one_line

pytestmark = pytest.mark.django_db


def test_the_widget_is_small_sets_no_cookie_and_may_be_framed(cast, client, django_assert_max_num_queries):
    five_rate(cast, cast.beam2)
    with django_assert_max_num_queries(3):
        answer = client.get("/widgets/products/beam-2/")
    page = one_line(answer)
    assert "<b>3.4</b>" in page
    assert "5 reviews" in page
    assert page.count("<li>") == 3
    assert "<script" not in page
    assert "icons" not in page, "the sprite alone would weigh more than all the rest"
    assert 'aria-label="3.4 of 5 stars">★★★☆☆<' in page
    assert len(answer.content) < 30_000
    assert not answer.cookies
    assert "X-Frame-Options" not in answer.headers
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert f"product-{cast.beam2.pk}" in answer.headers["Surrogate-Key"]


def test_the_page_says_how_to_embed_it(cast, client):
    cast.beam2  # noqa: B018
    assert "/widgets/products/beam-2/" in client.get("/products/beam-2/reviews/embed/").content.decode()
    assert client.get("/widgets/products/nothing/").status_code == 404
