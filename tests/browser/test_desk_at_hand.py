"""What an agent has at hand in a browser: panes that end with the window, ways out in sight, a palette that answers."""

import pytest
from playwright.sync_api import expect

from forums.canned.models import CannedReply
from forums.threads.models import Post
from moderation.queue.models import Item
from moderation.queue.triage import card_of
from tests.scenes import ana_asks

REFUSED = """document.addEventListener("securitypolicyviolation", (event) => {
    (window.refused ??= []).push(event.violatedDirective)
})"""


@pytest.fixture
def item(cast) -> Item:
    return card_of(ana_asks(cast).thread)


@pytest.fixture
def dora(live_site, page, cast, item):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.add_init_script(REFUSED)
    live_site.sign_in(page, cast.dora)
    page.goto(live_site.path(f"/desk/items/{item.pk}/"))
    expect(page.locator("html[data-live=on]")).to_be_attached()
    return page


def test_ac_agent_7_a_template_sent_untouched_asks_once_with_the_button_in_sight(dora, cast, item):
    """The question stood at the foot of the composer, and the only way out was below the window."""
    steps = "\n".join(f"{number}. Do the next thing for {{name}}." for number in range(1, 13))
    CannedReply.objects.keep(by=cast.dora, name="Pair anew", source=steps, audience="own")
    dora.keyboard.press("r")
    dora.keyboard.type("/pair")
    dora.get_by_role("option", name="Pair anew").click()
    expect(dora.get_by_test_id("composer")).to_have_value(steps.replace("{name}", "ana") + "\n")
    dora.keyboard.press("Control+Enter")
    asked = dora.get_by_test_id("untouched")
    expect(asked).to_be_focused()
    expect(dora.get_by_test_id("send-answer")).to_be_in_viewport(ratio=1)
    assert not Post.objects.filter(kind="answer").exists()
    dora.keyboard.press("Control+Enter")
    expect(dora.get_by_test_id("open-item")).to_contain_text("answered, watching")
    assert Post.objects.filter(kind="answer").count() == 1
    assert dora.evaluate("window.refused ?? []") == []


def test_the_panes_end_with_the_window_whatever_stands_above_them(live_site, dora, item):
    """With a message above, the foot of the composer lay below the window, and the page scrolled with its panes."""
    fits = "document.scrollingElement.scrollHeight <= innerHeight"
    assert dora.evaluate(fits)
    dora.goto(live_site.path("/desk/"))
    dora.keyboard.press("j")
    dora.keyboard.press("x")
    dora.locator("desk-picked button[value=snooze]").click()
    expect(dora.get_by_text("1 item sleeps.")).to_be_visible()
    message, panes = dora.locator(".messages .notice").bounding_box(), dora.locator("main.desk").bounding_box()
    assert message["y"] + message["height"] + 8 <= panes["y"]
    assert panes["y"] + panes["height"] == 800
    assert dora.evaluate(fits)


def test_the_palette_says_that_nothing_was_found_and_finds_pages(dora):
    palette = dora.get_by_test_id("palette")
    dora.keyboard.press("Control+k")
    dora.keyboard.type("zzqx")
    expect(palette.get_by_text("Nothing found.")).to_be_visible()
    for _letter in "zzqx":
        dora.keyboard.press("Backspace")
    dora.keyboard.type("templates")
    expect(palette.get_by_text("Nothing found.")).to_be_hidden()
    dora.keyboard.press("Enter")
    expect(dora.get_by_role("heading", level=1)).to_have_text("Reply templates")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_thread_is_reshaped_from_the_open_item(live_site, dora, item, width):
    dora.set_viewport_size({"width": width, "height": 800})
    dora.locator(".item-head summary[aria-label=More]").click()
    menu = dora.get_by_role("navigation", name="More")
    box = menu.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    menu.get_by_role("link", name="Close as a duplicate…").click()
    expect(dora.get_by_role("heading", level=1)).to_have_text("Close as a duplicate")


def test_who_gives_a_credit_is_told_in_the_panel_and_keeps_their_place(dora, item):
    panel = dora.get_by_test_id("goodwill-panel")
    panel.get_by_text("Give a credit").click()
    panel.locator("[name=amount]").fill("30")
    panel.get_by_role("button", name="Give", exact=True).click()
    told = panel.get_by_role("status")
    expect(told).to_contain_text("30.00 EUR credited.")
    expect(told).to_be_focused()
