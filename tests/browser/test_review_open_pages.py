"""Reviews on pages that stay open, in frames of others, and on the desk: live counts, strict policies, axe."""

import re
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from forums.reviews.models import Came, Campaign, Insider, Review, ReviewFile
from forums.reviews.writing import Said
from tests.browser.axe import findings
from tests.browser.test_look import looked_over
from tests.cast import Cast
from tests.forums.reviews.scenes import ana_reviews, five_rate, reviews

pytestmark = pytest.mark.slow
THIRTY_KILOBYTES = 30_000
SOON = 60_000
"""The worker tells, after whatever else it has to do in a busy test run."""
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
    expect(yes).to_have_text("1", timeout=SOON)
    chris = new_context().new_page()
    live_site.sign_in(chris, live_cast.chris)
    chris.goto(live_site.path(review.get_absolute_url()))
    chris.get_by_role("button", name=re.compile("^Not helpful")).click()
    expect(page.locator(f"#review-{review.pk}-share")).to_have_text("1 of 2 readers say it helped", timeout=SOON)
    expect(ben.locator(f"#review-{review.pk}-no")).to_have_text("1", timeout=SOON)
    expect(ben.get_by_role("button", name=re.compile("^Helpful"))).to_have_attribute("aria-pressed", "true")
    chris.get_by_role("button", name=re.compile("^Not helpful")).click()  # taken back
    expect(page.locator(f"#review-{review.pk}-share")).to_be_empty(timeout=SOON)


def open_shop(page: str, policy: str) -> str:
    """A shop with this page and content policy, on an origin of its own. Answers its address."""

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_words: object) -> None:
            """The output of the tests is no log of a shop."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/"


def test_the_frame_works_on_a_page_with_a_strict_policy_and_weighs_little(live_site, live_cast: Cast, page: Page):
    five_rate(live_cast, live_cast.beam2)
    address = live_site.path("/widgets/products/beam-2/")
    origin = live_site.url
    policy = f"default-src 'none'; frame-src {origin}; base-uri 'none'"
    frame = f'<iframe src="{address}" title="Reviews of Beam 2" width="360" height="420"></iframe>'
    shop = open_shop(f"<!doctype html><title>Shop</title><h1>Shop</h1>{frame}", policy)
    complaints, answers = [], []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("response", lambda answer: answers.append(answer) if answer.url.startswith(origin) else None)
    page.goto(shop)
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


def test_the_teams_pages_about_reviews_are_clean_in_both_lights(live_site, live_cast: Cast, page: Page):
    campaign, insider, file = a_full_desk(live_cast)
    held = Review.objects.filter(thread__is_hidden=True).first()
    paths = [
        "/desk/reviews/", "/desk/reviews/insiders/", f"/desk/reviews/insiders/{insider.pk}/",
        "/desk/reviews/campaigns/",
        f"/desk/reviews/campaigns/{campaign.pk}/", "/desk/reviews/asking/", "/desk/reviews/files/",
        f"/desk/reviews/files/{file.pk}/", "/desk/reviews/out/", "/reviews/photos/", "/reviews/ledger/",
        "/reviews/how-we-check/", "/campaigns/", held.get_absolute_url(), f"/reviews/{held.pk}/deeds/owner/",
    ]  # fmt: skip
    live_site.sign_in(page, live_cast.hana)
    for path in paths:
        page.goto(live_site.path(path))
        assert looked_over(page) == [], path


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
