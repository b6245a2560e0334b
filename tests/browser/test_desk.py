"""AC-AGENT-2, -3 and -12 on the running site, in real browsers, with the live socket."""

import re

import pytest
from playwright.sync_api import expect

from forums.threads.models import Post
from forums.threads.replying import answer
from moderation.queue.models import Item
from moderation.queue.triage import card_of
from tests.scenes import ana_asks

TWO_SECONDS = 2_000
"""Milliseconds within which both see each other (AC-AGENT-2). It takes a tenth of that on a quiet machine."""


@pytest.fixture
def item(cast) -> Item:
    """Ana's question, on the desk."""
    return card_of(ana_asks(cast).thread)


@pytest.fixture
def other(cast, item) -> Item:
    """A second one, which came later."""
    return Item.objects.open(
        kind="question", title="Case does not charge", customer=cast.chris, product=cast.beam2, by=None
    )


@pytest.fixture
def browser_of(live_site, new_context):
    """A desk for each person: `browser_of(cast.dora)`."""

    def open_for(person):
        page = new_context(viewport={"width": 1440, "height": 900}).new_page()
        live_site.sign_in(page, person)
        return page

    return open_for


def live(page):
    expect(page.locator("html[data-live=on]")).to_be_attached()


def begins(page, address, key, words):
    """Somebody opens an item and types, as an answer (r) or as a note (n)."""
    page.goto(address)
    live(page)
    page.keyboard.press(key)
    page.keyboard.type(words)


def test_ac_agent_2_two_agents_on_one_item(live_site, cast, item, browser_of):
    dora, emil = browser_of(cast.dora), browser_of(cast.emil)
    dora.goto(live_site.path(f"/desk/items/{item.pk}/"))
    live(dora)
    emil.goto(live_site.path(f"/desk/items/{item.pk}/"))
    for page, words in ((dora, "emil is reading"), (emil, "dora is reading")):
        expect(page.get_by_test_id("presence").get_by_text(words)).to_be_visible(timeout=TWO_SECONDS)
    emil.keyboard.press("r")
    emil.keyboard.type("Firmware 3.2.1 mends this.")
    expect(dora.get_by_test_id("presence").get_by_text("emil is writing")).to_be_visible(timeout=TWO_SECONDS)

    dora.keyboard.press("r")
    dora.keyboard.type("My long and careful answer")
    dora.context.set_offline(True)  # her page does not get the news
    emil.keyboard.press("Control+Enter")
    expect(emil.get_by_test_id("open-item")).to_contain_text("answered, watching")
    dora.route("**/news/**", lambda route: route.abort())
    dora.context.set_offline(False)
    dora.get_by_test_id("send-answer").click()
    expect(dora.get_by_test_id("clash")).to_contain_text("Firmware 3.2.1 mends this.")
    expect(dora.get_by_test_id("composer")).to_have_value("My long and careful answer")
    assert Post.objects.filter(kind="answer").count() == 1

    dora.locator("[name=anyway]").fill("Both are needed")
    dora.get_by_role("button", name="Send anyway").click()
    expect(dora.locator(".said-list")).to_contain_text("My long and careful answer")
    assert Post.objects.filter(kind="answer").count() == 2


def test_ac_agent_2_an_answer_that_arrives_is_shown_under_the_composer_left_alone(live_site, cast, item, browser_of):
    dora = browser_of(cast.dora)
    begins(dora, live_site.path(f"/desk/items/{item.pk}/"), "r", "I begin to write")
    answer(item.thread, by=cast.emil, source="Firmware 3.2.1 mends this.", as_staff=True)
    expect(dora.locator(".said-list")).to_contain_text("Firmware 3.2.1 mends this.")
    expect(dora.get_by_test_id("composer")).to_have_value("I begin to write")
    expect(dora.get_by_test_id("composer")).to_be_focused()


def test_ac_agent_3_a_note_looks_like_nothing_else_and_enter_never_sends(live_site, cast, item, browser_of):
    dora = browser_of(cast.dora)
    dora.goto(live_site.path(f"/desk/items/{item.pk}/"))
    expect(dora.locator("form[data-form]:visible")).to_have_count(0)
    dora.keyboard.press("n")
    dora.keyboard.type("Only for us")
    dora.keyboard.press("Enter")
    expect(dora.locator("form[data-form=answer]")).to_be_hidden()
    note = dora.locator("form[data-form=note]")
    border = note.evaluate("form => getComputedStyle(form).borderTopStyle")
    colour = note.evaluate("form => getComputedStyle(form).backgroundColor")
    assert border == "dashed"
    assert Post.objects.filter(kind="answer").count() == 0
    dora.keyboard.press("Control+Enter")
    expect(dora.locator(".bubble.note")).to_contain_text("Only for us")
    assert Post.objects.filter(kind="answer").count() == 0
    dora.keyboard.press("r")
    answer_form = dora.locator("form[data-form=answer]")
    assert answer_form.evaluate("form => getComputedStyle(form).backgroundColor") != colour


def test_ac_agent_12_the_whole_flow_without_a_mouse(live_site, cast, item, other, browser_of):
    dora = browser_of(cast.dora)
    dora.goto(live_site.path("/desk/"))
    press = dora.keyboard.press
    press("j")
    expect(dora.locator(".queue-row").first).to_be_focused()
    press("o")
    opened = dora.get_by_test_id("open-item")
    expect(opened).to_contain_text(item.title)
    press("c")
    expect(dora.get_by_test_id("holder")).to_have_text(re.compile("dora"))
    expect(dora.locator(f"#item-{item.pk}-row")).to_be_focused()
    press("n")
    dora.keyboard.type("Looks like the November batch")
    press("Control+Enter")
    expect(dora.locator(".bubble.note")).to_contain_text("November batch")
    press("r")
    dora.keyboard.type("jok: please update to 3.2.1")
    press("Control+Enter")
    expect(opened).to_contain_text("answered, watching")
    expect(dora.locator(f"#item-{item.pk}-row")).to_be_focused()
    press("e")
    expect(opened).to_contain_text("closed")
    press("j")
    expect(dora.locator(f"#item-{other.pk}-row")).to_be_focused()
    press("o")
    expect(opened).to_contain_text(other.title)
    press("s")
    press("Enter")
    expect(opened).to_contain_text("sleeps until")
    press("?")
    keys = dora.locator("dialog#keys")
    for key in "jkocrne?sa/":
        expect(keys.locator("kbd", has_text=re.compile(f"^{re.escape(key)}$")).first).to_be_visible()
    keys.get_by_label("Single-key shortcuts are on").press("Space")
    press("Escape")
    dora.reload()
    press("n")
    expect(dora.locator("form[data-form]:visible")).to_have_count(0)
    assert Post.objects.filter(kind="answer").count() == 1


def test_ac_agent_12_taking_the_next_and_going_private_need_no_mouse(live_site, cast, item, other, browser_of):
    dora = browser_of(cast.dora)
    dora.goto(live_site.path("/desk/"))
    dora.keyboard.press("t")
    expect(dora.get_by_test_id("holder")).to_have_text(re.compile("dora"))
    expect(dora.get_by_test_id("private-help")).to_be_visible()
    dora.keyboard.press("p")
    expect(dora.locator("#private-panel form :focus")).to_be_visible()
    dora.keyboard.press("Escape")
    dora.locator("#main").focus()
    dora.keyboard.press("/")
    expect(dora.locator(".queue [data-search]")).to_be_focused()


def test_the_queue_changes_in_place_and_new_items_wait_behind_a_bar(live_site, cast, item, browser_of):
    dora = browser_of(cast.dora)
    dora.goto(live_site.path(f"/desk/items/{item.pk}/?view=waiting"))
    live(dora)
    item.claim(by=cast.emil)
    row = dora.locator(f"#item-{item.pk}-row")
    expect(row).to_contain_text("emil has it")
    expect(row).to_have_attribute("aria-current", "true")
    Item.objects.open(kind="question", title="Brand new", customer=cast.chris, product=cast.beam2, by=None)
    expect(dora.locator("#queue-fresh")).to_contain_text("1 new")
    expect(dora.get_by_test_id("view-waiting")).to_contain_text("2")
    expect(dora.locator(".queue-row")).to_have_count(1)
    dora.locator("#queue-fresh a").click()
    expect(dora.locator(".queue-row")).to_have_count(2)


@pytest.mark.parametrize("width", [390, 1280, 1600])
def test_the_menus_of_an_item_open_above_the_page_and_move_nothing(live_site, cast, item, browser_of, width):
    """Their forms once stood in the row of buttons, which tore it apart."""
    dora = browser_of(cast.dora)
    dora.set_viewport_size({"width": width, "height": 900})
    dora.goto(live_site.path(f"/desk/items/{item.pk}/"))
    title = dora.get_by_role("heading", level=1, name=item.title)
    before = title.bounding_box()
    for key in ("a", "s"):
        menu = dora.locator(f"details.menu:has(> summary[data-key={key}])")
        menu.locator("summary").click()
        sheet = menu.locator(".sheet")
        expect(sheet).to_be_visible()
        assert title.bounding_box() == before
        box, pane = sheet.bounding_box(), dora.locator(".item").bounding_box()
        assert pane["x"] <= box["x"]
        assert box["x"] + box["width"] <= pane["x"] + pane["width"] + 1
        dora.keyboard.press("Escape")
        expect(sheet).to_be_hidden()


def test_the_reason_for_a_look_at_contact_data_is_seen_while_it_is_typed(live_site, cast, item, browser_of):
    """Half of the field, and its button, lay outside of the customer's pane."""
    dora = browser_of(cast.dora)
    dora.set_viewport_size({"width": 1280, "height": 900})
    dora.goto(live_site.path(f"/desk/items/{item.pk}/"))
    dora.get_by_text("Show, with reason").click()
    pane, sheet = dora.locator(".customer"), dora.locator(".contact .sheet")
    box, around = sheet.bounding_box(), pane.bounding_box()
    assert around["x"] <= box["x"]
    assert box["x"] + box["width"] <= around["x"] + around["width"]
    sheet.get_by_role("textbox").fill("The parcel came back")
    sheet.get_by_role("button").click()
    expect(pane).to_contain_text("ana@example.org")


def test_a_note_outlives_the_session_in_which_it_was_written(live_site, cast, item, browser_of):
    """Signed out meanwhile, the open item was replaced by an error and the words were gone from sight."""
    dora = browser_of(cast.dora)
    begins(dora, live_site.path(f"/desk/items/{item.pk}/"), "n", "She should send a photo of the label.")
    dora.context.clear_cookies()
    dora.keyboard.press("Control+Enter")
    expect(dora).to_have_url(re.compile(rf"/account/login/\?next=%2Fdesk%2Fitems%2F{item.pk}%2F"))
    assert not item.notes.exists()
    live_site.sign_in(dora, cast.dora)
    dora.goto(live_site.path(f"/desk/items/{item.pk}/?compose=note"))
    expect(dora.locator("#note-text")).to_have_value("She should send a photo of the label.")
