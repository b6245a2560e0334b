"""AC-CRM-2 and -6 in a real browser: Kim says what goes into a CRM's own fields, tries it, keeps it, and goes back."""

import time

import pytest
from playwright.sync_api import expect

from moderation.mappings.models import MappingVersion
from moderation.queue.triage import card_of
from tests.browser.axe import findings
from tests.moderation.crm.conformance.sides import fake_side
from tests.moderation.crm.scenes import posts_of, push_item
from tests.scenes import ana_asks, ben_answers

OVERFLOW = "document.scrollingElement.scrollWidth - innerWidth"


@pytest.fixture
def side(live_site):
    side = fake_side("hubspot")
    yield side
    side.stop()


@pytest.fixture
def connection(cast, side):
    """A HubSpot that knows Ana's question, as the site's worker told it."""
    connection = side.connect()
    question = ana_asks(cast)
    ben_answers(cast, question)
    item = card_of(question.thread)
    case = push_item(item, by=cast.dora, sources=posts_of(item), connection=connection)
    until(lambda: case.pushes.filter(state="sent").count() == case.pushes.count())
    return connection


def until(is_so, seconds=30):
    """The worker needs a moment."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "the worker did not come to it"
        time.sleep(0.2)


def product_over_there(side):
    (ticket,) = side.people.rows["tickets"].values()
    return ticket["properties"].get("product_line") or ""


def row_of(page, label):
    return page.get_by_test_id("field-row").filter(has=page.get_by_text(label, exact=True))


def test_ac_crm_2_kim_tries_a_mapping_keeps_it_fills_in_and_goes_back(page, live_site, cast, side, connection):
    live_site.sign_in(page, cast.kim)
    page.goto(live_site.path("/desk/crm/"))
    page.get_by_role("link", name=connection.name).first.click()
    page.get_by_role("link", name="Fields").click()
    row_of(page, "Product").locator("input").fill("product_line")
    page.get_by_label("A case to try it on").select_option(index=1)
    page.get_by_label("Why this version?").fill("sales sorts by product")
    page.get_by_role("button", name="Try it, change nothing").click()
    tried = page.get_by_test_id("trial-row")
    expect(tried).to_have_count(1)
    expect(tried).to_contain_text("Beam 2")
    expect(page.get_by_label("Why this version?")).to_have_value("sales sorts by product")
    assert product_over_there(side) == ""
    assert findings(page) == []
    page.get_by_role("button", name="Save as a version").click()
    expect(page.get_by_test_id("version")).to_have_count(1)
    expect(page.get_by_test_id("version")).to_contain_text("sales sorts by product")
    page.get_by_role("button", name="Fill in the open cases").click()
    expect(page.get_by_text("1 open case is told again.")).to_be_visible()
    until(lambda: product_over_there(side) == "Beam 2")
    row_of(page, "Product").locator("input").fill("prodct_line")
    page.get_by_role("button", name="Save as a version").click()
    expect(page.get_by_test_id("version")).to_have_count(2)
    page.get_by_role("button", name="Go back to this").click()
    expect(page.get_by_test_id("version")).to_have_count(3)
    expect(page.get_by_text("Version 1 is in force again.")).to_be_visible()
    expect(row_of(page, "Product").locator("input")).to_have_value("product_line")
    assert MappingVersion.objects.first().back_to == 1


def test_a_misspelled_field_is_named_on_a_phone_and_nothing_hangs_over(phone, live_site, cast, connection):
    live_site.sign_in(phone, cast.kim)
    phone.goto(live_site.path(f"/desk/crm/connections/{connection.pk}/fields/"))
    row_of(phone, "Product").locator("input").fill("prodct_line")
    phone.get_by_role("button", name="Try it, change nothing").click()
    expect(phone.get_by_text("have no field prodct_line")).to_be_visible()
    assert phone.evaluate(OVERFLOW) <= 0
    assert findings(phone) == []
    row_of(phone, "Product").locator("input").fill("a b")
    phone.get_by_role("button", name="Save as a version").click()
    summary = phone.locator("[data-form-errors]")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    expect(summary).to_contain_text("“a b” is no field for this.")
    summary.get_by_role("link", name="Product").click()
    expect(row_of(phone, "Product").locator("input")).to_be_in_viewport()
    assert not MappingVersion.objects.exists()
