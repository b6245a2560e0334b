"""Reviews on pages that stay open, in frames of others, and on the desk: live counts, strict policies, axe."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from forums.reviews.models import Came, Campaign, Insider, Review, ReviewFile
from forums.reviews.writing import Said
from tests.browser.axe import findings
from tests.cast import Cast
from tests.forums.reviews.scenes import ana_reviews, five_rate, reviews

pytestmark = pytest.mark.slow
THIRTY_KILOBYTES = 30_000
HOST = "https://shop.example/"
WORDS = "I took these headphones to the sea and back, and not once did they lose the connection to my phone there."


def test_helpful_counts_of_an_open_page_follow_what_others_say(live_site, live_cast: Cast, page: Page, new_context):
    review = ana_reviews(live_cast, 4)
    live_cast.chris  # noqa: B018
    page.goto(live_site.path(review.get_absolute_url()))
    expect(page.locator("html")).to_have_attribute("data-live", "on")
    yes = page.locator(f"#review-{review.pk}-yes")
    expect(yes).to_have_text("0")
    ben = new_context().new_page()
    live_site.sign_in(ben, live_cast.ben)
    ben.goto(live_site.path(review.get_absolute_url()))
    ben.get_by_role("button", name=re.compile("^Helpful")).click()
    expect(yes).to_have_text("1", timeout=15_000)
    chris = new_context().new_page()
    live_site.sign_in(chris, live_cast.chris)
    chris.goto(live_site.path(review.get_absolute_url()))
    chris.get_by_role("button", name=re.compile("^Not helpful")).click()
    expect(page.locator(f"#review-{review.pk}-share")).to_have_text("1 of 2 readers say it helped", timeout=15_000)
    expect(ben.locator(f"#review-{review.pk}-no")).to_have_text("1", timeout=15_000)
    expect(ben.get_by_role("button", name=re.compile("^Helpful"))).to_have_attribute("aria-pressed", "true")
    chris.get_by_role("button", name=re.compile("^Not helpful")).click()  # taken back
    expect(page.locator(f"#review-{review.pk}-share")).to_be_empty(timeout=15_000)


def test_the_frame_works_on_a_page_with_a_strict_policy_and_weighs_little(live_site, live_cast: Cast, page: Page):
    five_rate(live_cast, live_cast.beam2)
    address = live_site.path("/widgets/products/beam-2/")
    origin = live_site.url
    policy = f"default-src 'none'; frame-src {origin}; base-uri 'none'"
    frame = f'<iframe src="{address}" title="Reviews of Beam 2" width="360" height="420"></iframe>'
    shop = {"body": f"<!doctype html><title>Shop</title><h1>Shop</h1>{frame}"}
    headers = {"Content-Type": "text/html", "Content-Security-Policy": policy}
    page.route(HOST, lambda route: route.fulfill(**shop, headers=headers))
    complaints, answers = [], []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("response", lambda answer: answers.append(answer) if answer.url.startswith(origin) else None)
    page.goto(HOST)
    inside = page.frame_locator("iframe")
    expect(inside.locator(".score")).to_contain_text("3.4")
    expect(inside.get_by_role("listitem")).to_have_count(3)
    page.wait_for_load_state("networkidle")
    sizes = {answer.url: len(answer.body()) for answer in answers}
    assert complaints == []
    assert 0 < sum(sizes.values()) <= THIRTY_KILOBYTES, sizes
    assert page.context.cookies() == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        assert findings(page) == [], scheme
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_the_teams_pages_about_reviews_are_clean_in_both_lights(live_site, live_cast: Cast, page: Page, phone: Page):
    campaign, insider, file = a_full_desk(live_cast)
    held = Review.objects.filter(thread__is_hidden=True).first()
    paths = [
        "/desk/reviews/", "/desk/reviews/insiders/", f"/desk/reviews/insiders/{insider.pk}/",
        "/desk/reviews/campaigns/",
        f"/desk/reviews/campaigns/{campaign.pk}/", "/desk/reviews/asking/", "/desk/reviews/files/",
        f"/desk/reviews/files/{file.pk}/", "/desk/reviews/out/", "/reviews/photos/", "/reviews/ledger/",
        "/reviews/how-we-check/", "/campaigns/", held.get_absolute_url(), f"/reviews/{held.pk}/deeds/owner/",
    ]  # fmt: skip
    for reader in (page, phone):
        live_site.sign_in(reader, live_cast.hana)
        for path in paths:
            for scheme in ("light", "dark"):
                reader.emulate_media(color_scheme=scheme)
                reader.goto(live_site.path(path))
                assert findings(reader) == [], (path, scheme)
            width = reader.viewport_size["width"]
            assert reader.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def a_full_desk(cast: Cast) -> tuple[Campaign, Insider, ReviewFile]:
    """Something of everything: a campaign with a review, an insider, a file that was looked at, a held review."""
    today = date.today()
    campaign = Campaign.objects.plan(
        by=cast.hana, name="Twenty testers", kind="product", product=cast.beam2, terms="They keep it.", budget="20",
        begins_on=today - timedelta(days=9), ends_on=today + timedelta(days=9),
    )  # fmt: skip
    campaign.invite([cast.ben], by=cast.hana)
    reviews(cast.ben, 2, cast.beam2)
    reviews(cast.chris, 5, cast.kettle_one)
    insider = Insider.objects.find(cast.chris, "by_hand", by=cast.hana, note="Her sister designs them.")
    file = ReviewFile.objects.keep(
        "old.csv", b"stars\n5\n", by=cast.hana, source="Old shop", state="seen", columns={"stars": "stars"},
        names=["stars"], total=2, added=1, fault_count=1, faults=[[2, "6 is not one to five stars."]],
        first=[{"stars": 5, "title": "Fine", "text": "It is.", "author": "Mia", "day": "2024-05-02", "yes": 2}],
    )  # fmt: skip
    for person in (cast.ana, cast.person("copy")):
        Review.objects.write(Said(stars=5, source=WORDS), by=person, product=cast.beam2, came=Came("d" * 32))
    return campaign, insider, file
