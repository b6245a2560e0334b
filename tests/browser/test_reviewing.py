"""AC-REV-1 on a phone: a review is written by touch and by keyboard well within two minutes; axe finds nothing."""

import re
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
    phone.evaluate("sessionStorage.taps = 0")
    phone.add_init_script(
        "addEventListener('pointerup', () => sessionStorage.taps = Number(sessionStorage.taps ?? 0) + 1, true)"
    )
    phone.get_by_role("link", name="Bewertung schreiben").or_(
        phone.get_by_role("link", name="Write a review")
    ).first.tap()
    phone.locator("label[for=id_stars_3]").tap()
    phone.locator("#id_text").fill("Good on the train, and light enough for a whole day.")
    phone.locator("#id_pros").fill("Sound")
    phone.locator("#id_cons").fill("Case is large")
    phone.locator("details.more-about:not([open]) > summary").or_(phone.locator("#id_use_case")).first.tap()
    phone.locator("#id_use_case").fill("On the train")
    phone.locator("input[type=file][name=photos]").set_input_files(
        {"name": "hinge.jpg", "mimeType": "image/jpeg", "buffer": photo_bytes()}
    )
    phone.locator("ul.photos canvas").wait_for()
    phone.locator("input[name=shows-new]").fill("The hinge")
    assert findings(phone) == []
    dark(phone)
    assert findings(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator("button[name=preview]").tap()
    expect(phone.locator("main")).to_contain_text("Case is large")
    phone.locator("form.review-form .button.primary").tap()
    phone.wait_for_url("**/reviews/*/*/")
    assert time.monotonic() - began < TWO_MINUTES
    assert int(phone.evaluate("sessionStorage.taps")) <= 12
    review = Review.objects.get()
    assert (review.stars, review.proof, review.photos.get().alt) == (4, "order", "The hinge")
    assert findings(phone) == []


def test_a_review_that_was_begun_has_its_stars_and_words_again(live_site, live_cast: Cast, phone: Page):
    live_cast.beam2  # noqa: B018
    live_site.sign_in(phone, live_cast.ben)
    phone.goto(live_site.path("/products/beam-2/reviews/new/"))
    phone.locator("label[for=id_stars_1]").tap()
    phone.locator("#id_pros").fill("Sound")
    phone.reload()
    expect(phone.locator("#id_stars_1")).to_be_checked()
    expect(phone.locator("#id_pros")).to_have_value("Sound")


def test_a_review_begun_on_the_phone_has_its_stars_and_words_at_the_desk(
    live_site, live_cast: Cast, phone: Page, page: Page
):
    live_cast.beam2  # noqa: B018
    live_site.sign_in(phone, live_cast.ben)
    phone.goto(live_site.path("/products/beam-2/reviews/new/"))
    phone.locator("label[for=id_stars_1]").tap()
    phone.locator("#id_cons").fill("The case is large")
    phone.goto(live_site.path("/products/beam-2/"))  # left before it was saved by the clock
    live_site.sign_in(page, live_cast.ben)
    page.goto(live_site.path("/drafts/mine/"))
    page.get_by_role("link", name="Go on writing").click()
    expect(page.locator("#id_stars_1")).to_be_checked()
    expect(page.locator("#id_cons")).to_have_value("The case is large")
    page.locator("label[for=id_stars_3]").click()
    page.locator("#id_pros").fill("Sound")
    page.goto(live_site.path("/products/beam-2/"))
    phone.goto(live_site.path("/products/beam-2/reviews/new/"))
    expect(phone.locator("#id_stars_3")).to_be_checked()
    expect(phone.locator("#id_pros")).to_have_value("Sound")
    phone.locator("form.review-form .button.primary").tap()
    phone.wait_for_url("**/reviews/*/*/")
    assert Review.objects.get().stars == 4
    page.goto(live_site.path("/drafts/mine/"))
    expect(page.get_by_text("No drafts")).to_be_visible()


def test_ac_rev_1_a_review_is_written_by_keyboard_alone_from_the_hub(live_site, live_cast: Cast, page: Page):
    """Every key is counted: from the top of the product's page to the published review."""
    live_cast.beam2  # noqa: B018
    live_site.sign_in(page, live_cast.ben)
    page.goto(live_site.path("/products/beam-2/"))
    began, keys = time.monotonic(), 0

    def press(key: str, until: str = "", most: int = 40) -> None:
        """Press it once; or until what has the focus fits."""
        nonlocal keys
        for _press in range(most if until else 1):
            page.keyboard.press(key)
            keys += 1
            if until and page.evaluate("fits => document.activeElement.matches(fits)", until):
                return
        assert not until, f"{until} is not reached by {most} times {key}"

    press("Tab", until="a.skip")
    press("Enter")
    press("Tab", until="a[href$='/reviews/new/']", most=20)
    press("Enter")
    page.wait_for_url("**/reviews/new/")
    press("Tab", until="a.skip")
    press("Enter")
    press("Tab", until="[name=stars]", most=8)
    for _step in range(4):
        press("ArrowRight")
    press("Tab", until="#id_title", most=3)
    page.keyboard.type("Five, by keyboard")
    press("Enter")
    page.wait_for_url(re.compile(r"/reviews/\d+/five-by-keyboard/"))
    review = Review.objects.select_related("thread").get()
    assert (review.stars, review.thread.title) == (5, "Five, by keyboard")
    assert keys <= 40, keys
    assert time.monotonic() - began < TWO_MINUTES


def test_hub_list_and_frame_are_clean_in_both_lights(live_site, live_cast: Cast, page: Page):
    five_rate(live_cast, live_cast.beam2)
    live_cast.kettle_one  # noqa: B018
    for path in (
        "/products/beam-2/",
        "/products/beam-2/reviews/",
        "/products/compare/?p=beam-2",
        "/products/compare/?p=beam-2&p=kettle-one",
        "/products/",
        "/reviews/company/",
        "/widgets/products/beam-2/",
    ):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(live_site.path(path))  # in this light from the beginning: no colour is on its way to another
            assert findings(page) == [], (path, scheme)
    assert page.context.cookies() == []
