"""AC-SEO-4: the parts of the customer's way without scripts that no other test walks."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from community.notifications.unsubscribing import unsubscribe_url
from tests.scenes import ana_asks, ben_answers


@pytest.fixture
def plain(browser, live_site):
    """A page whose browser runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_ac_seo_4_without_scripts_ana_finds_by_tag_changes_settings_and_unsubscribes(plain, live_site, cast):
    question = ana_asks(cast)
    ben_answers(cast, question)
    plain.goto(live_site.path(question.get_absolute_url()))
    plain.get_by_role("link", name="bluetooth", exact=True).click()
    expect(plain.get_by_role("heading", name="#bluetooth")).to_be_visible()
    plain.get_by_role("link", name=question.thread.title).click()
    expect(plain.get_by_text("Turn LE Audio off")).to_be_visible()

    live_site.sign_in(plain, cast.ana)
    plain.goto(live_site.path("/settings/"))
    plain.get_by_label("About you").fill("Call me: +49 30 9018 2045")
    plain.get_by_role("button", name="Save").click()
    expect(plain.locator(".field .error").first).to_be_visible()  # in place, with the text given back
    expect(plain.get_by_label("About you")).to_have_value("Call me: +49 30 9018 2045")
    plain.get_by_label("About you").fill("Two pairs of headphones and a patient dog.")
    plain.get_by_role("button", name="Save").click()
    plain.goto(live_site.path("/people/ana/"))
    expect(plain.get_by_text("a patient dog")).to_be_visible()

    plain.goto(live_site.path("/settings/feeds/"))
    plain.get_by_role("button", name="Make my addresses").click()
    address = plain.get_by_label("What I follow").input_value()
    assert plain.request.get(address).status == 200
    plain.get_by_role("button", name="Close my feeds").click()
    assert plain.request.get(address).status == 404

    live_site.sign_out(plain)
    plain.goto(unsubscribe_url(cast.ana, "answer"))
    plain.get_by_role("button", name="Stop these mails").click()
    expect(plain.get_by_role("heading", name="No more mails like that")).to_be_visible()


def test_ac_seo_4_without_scripts_ana_reports_an_answer_and_reads_where_that_stands(plain, live_site, cast):
    question = ana_asks(cast)
    answer = ben_answers(cast, question, source="Buy **cheap ones** in my shop instead.")
    live_site.sign_in(plain, cast.ana)
    plain.goto(live_site.path(question.get_absolute_url()))
    plain.locator(f"#post-{answer.pk}").get_by_role("link", name="Report").click()
    expect(plain.get_by_text("Buy cheap ones in my shop")).to_be_visible()
    plain.get_by_label("Advertising and spam").check()
    plain.get_by_label("What should we know?").fill("He sells something.")
    plain.get_by_role("button", name="Send the report").click()
    expect(plain.get_by_text("The team will look at it.")).to_be_visible()


def test_without_scripts_ben_puts_up_a_picture_changes_his_mind_and_takes_his_data_along(plain, live_site, cast):
    kept = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(kept, "PNG")
    live_site.sign_in(plain, cast.ben)
    plain.goto(live_site.path("/settings/"))
    plain.get_by_role("link", name="Put up a picture").click()
    file = {"name": "ben.png", "mimeType": "image/png", "buffer": kept.getvalue()}
    plain.get_by_label("A picture").set_input_files(file)
    plain.get_by_role("button", name="Put it up").click()
    expect(plain.get_by_text("This is your picture from now on.")).to_be_visible()
    plain.goto(live_site.path("/people/ben/"))
    shown = plain.locator(".profile-head .avatar img")
    assert plain.request.get(live_site.path(shown.get_attribute("src"))).status == 200
    plain.goto(live_site.path("/settings/picture/"))
    plain.get_by_role("button", name="Remove it").click()
    plain.goto(live_site.path("/people/ben/"))
    expect(shown).to_have_count(0)

    plain.goto(live_site.path("/settings/data/"))
    plain.get_by_role("link", name="Show that it is you").click()
    plain.get_by_label("Password").fill("porchlight-ben")
    plain.get_by_role("button", name="Go on").click()
    with plain.expect_download() as download:
        plain.get_by_role("button", name="Download my data").click()
    assert download.value.suggested_filename.startswith("my-data-")
