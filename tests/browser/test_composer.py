"""The composer in a real browser: pictures looked over before they leave, tables, previews, pickers by keyboard."""

import base64

from playwright.sync_api import expect

from community.files.models import Attachment
from forums.threads.models import Post
from tests.community.files import evil
from tests.scenes import ana_asks

PASTE = """([data, html, text]) => {
  const carried = new DataTransfer()
  if (data) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
    carried.items.add(new File([bytes], "screen.png", { type: "image/png" }))
  }
  if (html) carried.setData("text/html", html)
  if (text) carried.setData("text/plain", text)
  const kind = { clipboardData: carried, bubbles: true, cancelable: true }
  document.querySelector("#text").dispatchEvent(new ClipboardEvent("paste", kind))
}"""


def opened(page, live_site, cast):
    question = ana_asks(cast)
    live_site.sign_in(page, cast.ben)
    page.goto(live_site.path(question.get_absolute_url()))
    page.locator("#text").click()
    return question


def test_a_pasted_picture_is_covered_described_and_sent_with_the_answer(page, live_site, cast):
    opened(page, live_site, cast)
    page.keyboard.type("It looks like this:")
    page.evaluate(PASTE, [base64.b64encode(evil.screenshot(600, 400)).decode(), "", ""])
    dialog = page.locator("dialog.look-over")
    expect(dialog.locator("[name=alt]")).to_be_focused()
    page.keyboard.type("The lamp is red")
    dialog.locator("canvas").focus()
    for key in ("ArrowRight", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(dialog.locator("[data-frame]")).to_have_text("A place is covered.")
    expect(dialog.locator("[data-undo]")).to_be_enabled()
    dialog.get_by_role("button", name="Add the picture").click()
    expect(page.locator("[data-said]").first).to_have_text("screen.webp is in your text.")
    assert "![The lamp is red](/files/" in page.locator("#text").input_value()
    page.keyboard.press("Control+Enter")
    shown = page.locator("#answer-list img")
    expect(shown).to_have_attribute("alt", "The lamp is red")
    assert shown.evaluate("async (it) => { await it.decode(); return it.naturalWidth }") == 600
    middle = shown.evaluate(
        """(it) => { const c = document.createElement("canvas"); c.width = 600; c.height = 400
        const p = c.getContext("2d"); p.drawImage(it, 0, 0); return [...p.getImageData(300, 200, 1, 1).data] }"""
    )
    assert max(middle[:3]) < 40
    assert Attachment.objects.get().in_posts.get().post == Post.objects.get(kind="answer")


def test_a_cancelled_and_a_failed_upload_leave_the_text_alone(page, live_site, cast):
    opened(page, live_site, cast)
    page.keyboard.type("My words")
    page.locator("[data-plain-files] input").first.set_input_files(
        [{"name": "setup.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90\0"}]
    )
    expect(page.locator(".upload.failed")).to_contain_text("Put it into a ZIP")
    page.locator(".upload.failed button").click()
    page.route("**/files/", lambda route: None)
    page.locator("[data-plain-files] input").first.set_input_files(
        [{"name": "slow.log", "mimeType": "text/plain", "buffer": b"12:01 the lamp went out"}]
    )
    expect(page.get_by_role("progressbar", name="Sending slow.log")).to_be_visible()
    page.locator(".upload [data-cancel]").click()
    expect(page.locator("[data-said]").first).to_have_text("slow.log is left out.")
    expect(page.locator(".upload")).to_have_count(0)
    assert page.locator("#text").input_value() == "My words"


def test_a_table_that_is_pasted_within_a_line_is_a_table_all_the_same(page, live_site, cast):
    page.set_viewport_size({"width": 1280, "height": 900})
    opened(page, live_site, cast)
    page.keyboard.type("This is what I measured: as you see")
    for _ in range(len(" as you see")):
        page.keyboard.press("ArrowLeft")
    page.evaluate(
        PASTE, ["", "<table><tr><th>App</th><th>Hours</th></tr><tr><td>4.2</td><td>26</td></tr></table>", "x"]
    )
    table = "| App | Hours |\n| --- | --- |\n| 4.2 | 26 |"
    assert page.locator("#text").input_value() == f"This is what I measured:\n\n{table}\n\n as you see"
    page.keyboard.press("Control+Shift+P")
    expect(page.locator("[data-previewed] td")).to_have_text(["4.2", "26"], timeout=20000)
    expect(page.locator("[data-previewed] p").last).to_have_text("as you see")


def test_tables_long_texts_and_the_preview_beside_or_instead_of_the_text(page, live_site, cast):
    page.set_viewport_size({"width": 1280, "height": 900})
    opened(page, live_site, cast)
    page.evaluate(
        PASTE, ["", "<table><tr><th>App</th><th>Works</th></tr><tr><td>4.2</td><td>a|b</td></tr></table>", "x"]
    )
    assert page.locator("#text").input_value() == "| App | Works |\n| --- | --- |\n| 4.2 | a\\|b |\n"
    page.keyboard.press("Control+Shift+P")
    expect(page.locator("[data-previewed] td").first).to_have_text("4.2")
    expect(page.locator("#text")).to_be_visible()
    page.keyboard.type("\nmore words")
    expect(page.locator("[data-previewed]").first).to_contain_text("more words")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#text")).to_be_hidden()
    page.locator("[data-mode=write]").first.click()
    expect(page.locator("#text")).to_be_visible()
    page.locator("#text").click()
    page.evaluate(PASTE, ["", "", "12:01 the lamp went out\n" * 500])
    page.get_by_role("button", name="Attach as file").click()
    expect(page.locator("[data-said]").first).to_have_text("text.txt is in your text.")
    assert "[text.txt](/files/" in page.locator("#text").input_value()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") != "text"


def test_people_tags_and_emoji_are_picked_by_keyboard_and_words_quoted(page, live_site, cast):
    cast.dora  # noqa: B018 - can be called
    opened(page, live_site, cast)
    page.keyboard.type("Ask @do")
    option = page.get_by_role("option", name="dora")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(page.locator("#text")).to_have_attribute("aria-activedescendant", "text-pick-0")
    expect(page.locator("[data-announcer]")).to_have_text("Dora, Bluetooth, 1 / 1")
    page.keyboard.press("Enter")
    page.keyboard.type("about #blu")
    expect(page.get_by_role("option", name="bluetooth")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type(":head")
    expect(page.get_by_role("option", name="headphones")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".picks")).to_have_count(0)
    page.keyboard.type("p")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#text").input_value() == "Ask @dora-bluetooth about [#bluetooth](/tags/bluetooth/) 🎧 "
    page.locator(".post .prose p").first.select_text()
    page.locator("text-composer [data-mark=quote]").last.click()
    assert "> Since the update last night" in page.locator("#text").input_value()


def test_what_was_sent_is_undone_by_keyboard_and_the_words_are_in_the_composer_again(page, live_site, cast):
    question = opened(page, live_site, cast)
    page.keyboard.type("Turn LE Audio off in the app.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer-list [data-testid=answer]")).to_have_count(1)
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    undo.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_have_value("Turn LE Audio off in the app.")
    expect(page.locator("[data-testid=answer]")).to_have_count(0)
    expect(page.get_by_text("Not sent. Your text is here again.")).to_be_visible()
    page.locator("#text").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer-list [data-testid=answer]")).to_have_count(1)
    assert Post.objects.filter(thread=question.thread, kind="answer").count() == 2
