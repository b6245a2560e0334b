"""In a real browser: a merge with its undo, a suggestion taken over, a picture opened large, a template by keyboard."""

from playwright.sync_api import expect

from community.files.models import Attachment
from forums.canned.models import CannedReply
from forums.threads.models import Post
from tests.community.files import evil
from tests.scenes import ana_asks, ben_answers


def test_hana_merges_two_questions_and_takes_it_back(page, live_site, cast):
    first = ana_asks(cast)
    second = ana_asks(cast, title="Both phones lose the headphones", source="It began last night, with both of them.")
    reply = ben_answers(cast, second, source="Unpair both phones, then pair only one.")
    live_site.sign_in(page, cast.hana)
    page.goto(live_site.path(f"/desk/threads/{second.pk}/merge/"))
    page.get_by_label("The other thread").fill(live_site.path(first.get_absolute_url()))
    page.get_by_role("button", name="Show what will happen").click()
    expect(page.get_by_test_id("preview")).to_contain_text("2 posts move.")
    page.get_by_label("Why?").fill("The same drops")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_test_id("merged-opening")).to_contain_text("It began last night")
    expect(page.locator(f"#post-{reply.pk}")).to_contain_text("Unpair both phones")
    page.goto(live_site.path(second.get_absolute_url()))
    assert f"/questions/{first.pk}/" in page.url
    page.goto(live_site.path(f"/desk/threads/{first.pk}/changes/"))
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    page.goto(live_site.path(second.get_absolute_url()))
    assert f"/questions/{second.pk}/" in page.url
    expect(page.locator("h1")).to_have_text("Both phones lose the headphones")
    expect(page.locator(f"#post-{reply.pk}")).to_be_visible()


def test_chris_suggests_a_change_and_ben_takes_it_over(page, live_site, cast):
    question = ana_asks(cast)
    post = ben_answers(cast, question, source="Turn LE Audio off in the app, then pair again.")
    live_site.sign_in(page, cast.chris)
    page.goto(live_site.path(question.get_absolute_url()))
    page.locator(f"#post-{post.pk}").get_by_role("link", name="Suggest a change").click()
    page.locator("#text").fill("Turn LE Audio off in the settings, then pair again.")
    page.get_by_label("What is better now?").fill("The menu has another name")
    page.get_by_role("button", name="Send the suggestion").click()
    expect(page.get_by_text("Its author is asked")).to_be_visible()
    page.context.clear_cookies()
    live_site.sign_in(page, cast.ben)
    page.goto(live_site.path("/suggestions/"))
    expect(page.locator("ins")).to_have_text("settings")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Take the ticked ones over").click()
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    page.goto(live_site.path(question.get_absolute_url()))
    expect(page.locator(f"#post-{post.pk}")).to_contain_text("Edited by chris")


def test_a_picture_opens_large_and_goes_back_by_keyboard(page, live_site, cast):
    question = ana_asks(cast)
    kept = [Attachment.objects.keep(f"{name}.png", evil.screenshot(600, 400), by=cast.ben) for name in ("one", "two")]
    text = "\n\n".join(one.markdown.replace("![]", f"![{one.name}]") for one in kept)
    ben_answers(cast, question, source=f"It looks like this:\n\n{text}")
    page.goto(live_site.path(question.get_absolute_url()))
    page.locator("a.picture").first.click()
    large = page.locator("dialog.lightbox img")
    expect(large).to_have_attribute("alt", "one.webp")
    expect(large).to_have_attribute("src", live_site.path(kept[0].get_absolute_url()))
    page.keyboard.press("ArrowRight")
    expect(large).to_have_attribute("alt", "two.webp")
    page.keyboard.press("ArrowRight")
    expect(large).to_have_attribute("alt", "one.webp")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.lightbox")).to_have_count(0)
    assert page.evaluate("document.activeElement.className") == "picture"


def test_a_template_is_found_filled_and_counted_by_keyboard(page, live_site, cast):
    question = ana_asks(cast)
    CannedReply.objects.keep(
        by=cast.ben, name="Pair anew", source="Hi {name}, pair your {product} anew.", audience="own"
    )
    live_site.sign_in(page, cast.ben)
    page.goto(live_site.path(question.get_absolute_url()))
    page.locator("#text").click()
    page.keyboard.type("/pair a")
    expect(page.get_by_role("option", name="Pair anew")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    assert page.locator("#text").input_value() == "Hi ana, pair your Beam 2 anew.\n"
    expect(page.locator('input[name="canned"]')).to_have_count(1)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer-list")).to_contain_text("pair your Beam 2 anew.")
    assert Post.objects.get(kind="answer").author == cast.ben
