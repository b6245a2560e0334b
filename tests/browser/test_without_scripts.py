"""AC-SEO-4: the parts of the customer's way without scripts that no other test walks."""

import pytest
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
