"""AC-AGENT-1 and -12 in a real browser: the palette by keyboard, several rows picked and taken back, a view kept."""

import pytest
from playwright.sync_api import expect

from moderation.queue.models import Item, KeptView
from moderation.queue.triage import card_of
from tests.browser.axe import findings
from tests.scenes import ana_asks


@pytest.fixture
def item(cast) -> Item:
    return card_of(ana_asks(cast).thread)


@pytest.fixture
def dora(live_site, new_context, cast, item):
    for title in ("Case does not charge", "Left side is quiet"):
        Item.objects.open(kind="question", title=title, customer=cast.chris, product=cast.beam2, by=None)
    page = new_context(viewport={"width": 1440, "height": 900}).new_page()
    live_site.sign_in(page, cast.dora)
    page.goto(live_site.path("/desk/"))
    expect(page.locator("html[data-live=on]")).to_be_attached()
    return page


def test_the_palette_finds_items_people_views_and_deeds_by_keyboard(live_site, dora, item):
    press = dora.keyboard.press
    palette = dora.get_by_test_id("palette")
    press("Control+k")
    expect(palette.get_by_role("combobox")).to_be_focused()
    dora.keyboard.type("quiet")
    option = palette.get_by_role("option", name="Left side is quiet")
    expect(option).to_have_attribute("aria-selected", "true")
    assert findings(dora) == []
    press("Enter")
    expect(dora.get_by_test_id("open-item")).to_contain_text("Left side is quiet")
    press("Control+k")
    dora.keyboard.type("chris")
    expect(palette.get_by_role("group", name="People").get_by_role("option")).to_contain_text("chris")
    press("Escape")
    expect(palette).to_be_hidden()
    press("Control+k")
    dora.keyboard.type("claim")
    expect(palette.get_by_role("option").first).to_contain_text("Claim it")
    press("Enter")
    expect(dora.get_by_test_id("holder")).to_contain_text("dora")
    press("Control+k")
    dora.keyboard.type("unassigned")
    press("Enter")
    expect(dora.locator(".queue-title")).to_have_text("Unassigned")


def test_rows_are_picked_by_keyboard_closed_together_and_taken_back(live_site, dora, item):
    press = dora.keyboard.press
    press("j")
    press("x")
    press("j")
    press("x")
    bar = dora.locator("desk-picked")
    expect(bar.get_by_role("status")).to_have_text("2 picked")
    expect(dora.locator(".queue-row.picked")).to_have_count(2)
    bar.get_by_role("button", name="Close").press("Enter")
    expect(dora.get_by_text("2 items closed.")).to_be_visible()
    assert Item.objects.filter(state="closed").count() == 2
    dora.get_by_role("button", name="Undo").press("Enter")
    expect(dora.get_by_text("2 items are as they were.")).to_be_visible()
    assert Item.objects.filter(state="open").count() == 3


def test_a_search_is_kept_as_a_view(live_site, dora, item):
    dora.keyboard.press("/")
    dora.keyboard.type("kind:question has:nobody")
    dora.keyboard.press("Enter")
    dora.get_by_label("Keep as a view").click()
    dora.get_by_label("Name of the view").fill("Nobody's questions")
    dora.get_by_role("button", name="Keep it").click()
    view = KeptView.objects.get()
    expect(dora.get_by_test_id(f"view-{view.key}")).to_contain_text("3")
    expect(dora.locator(".queue-row")).to_have_count(3)
