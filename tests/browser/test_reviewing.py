"""AC-REV-1 on a phone: a review is written by touch and by keyboard well within two minutes; axe finds nothing."""

import time

import pytest
from playwright.sync_api import Page, expect

from community.catalogue.models import ProductLine
from forums.reviews.models import Aspect, Review
from tests.browser.axe import findings
from tests.cast import Cast
from tests.forums.reviews.scenes import five_rate, photo_bytes, shop_tells

pytestmark = pytest.mark.slow
TWO_MINUTES = 120


def dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")


def test_ac_rev_1_a_review_is_written_by_touch_within_two_minutes(live_site, live_cast: Cast, phone: Page):
    line = live_cast.beam2.line = ProductLine.objects.create(name="Headphones", slug="headphones")
    live_cast.beam2.save()
    Aspect.objects.create(line=line, name="Sound")
    live_cast.confirm(live_cast.ana)
    shop_tells(live_cast)
    live_site.sign_in(phone, live_cast.ana)
    began = time.monotonic()
    phone.goto(live_site.path("/products/beam-2/"))
    phone.get_by_role("link", name="Bewertung schreiben").or_(
        phone.get_by_role("link", name="Write a review")
    ).first.tap()
    phone.locator("label[for=id_stars_3]").tap()
    phone.locator("#id_text").fill("Good on the train, and light enough for a whole day.")
    phone.locator("#id_pros").fill("Sound")
    phone.locator("#id_cons").fill("Case is large")
    phone.locator("#id_use_case").fill("On the train")
    phone.locator("input[type=file][name=photos]").set_input_files(
        {"name": "hinge.jpg", "mimeType": "image/jpeg", "buffer": photo_bytes()}
    )
    assert findings(phone) == []
    dark(phone)
    assert findings(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator("button[name=preview]").tap()
    expect(phone.locator("main")).to_contain_text("Case is large")
    phone.locator("form.review-form .button.primary").tap()
    phone.wait_for_url("**/reviews/*/*/")
    assert time.monotonic() - began < TWO_MINUTES
    review = Review.objects.get()
    assert (review.stars, review.proof, review.photos.count()) == (4, "order", 1)
    assert findings(phone) == []


def test_a_review_is_written_by_keyboard_alone(live_site, live_cast: Cast, page: Page):
    live_cast.beam2  # noqa: B018
    live_site.sign_in(page, live_cast.ben)
    page.goto(live_site.path("/products/beam-2/reviews/new/"))
    page.locator("#id_stars_0").focus()
    for _step in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Five, by keyboard")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reviews/*/*/")
    assert Review.objects.get().stars == 5


def test_hub_list_and_frame_are_clean_in_both_lights(live_site, live_cast: Cast, page: Page):
    five_rate(live_cast, live_cast.beam2)
    for path in (
        "/products/beam-2/",
        "/products/beam-2/reviews/",
        "/products/compare/?p=beam-2",
        "/widgets/products/beam-2/",
    ):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(live_site.path(path))  # in this light from the beginning: no colour is on its way to another
            assert findings(page) == [], (path, scheme)
    assert page.context.cookies() == []
