"""An automation is composed, tried and kept in a real browser: its form has all that the site asks of one."""

import pytest
from playwright.sync_api import expect

from moderation.automation.models import Automation
from tests.scenes import ana_asks

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_automation_is_tried_and_kept_and_kept_anew(live_site, cast, new_context):
    ana_asks(cast, title="There is smoke from my loudspeaker")
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    live_site.sign_in(page, cast.hana)
    page.goto(live_site.path("/desk/rules/automations/new/"))
    page.get_by_label("Name", exact=True).fill("Smoke")
    page.get_by_label("Words", exact=True).fill("smoke")
    page.get_by_label("Put it up in the queue").check()
    expect(page.get_by_test_id("sentence")).to_contain_text("it says “smoke”: put it up in the queue")
    page.get_by_role("button", name="Try it on the last 30 days").click()
    expect(page.get_by_text("There is smoke from my loudspeaker")).to_be_visible()
    page.get_by_label("Why", exact=True).fill("Safety comes first")
    page.get_by_role("button", name="Keep it").click()
    page.wait_for_url("**/desk/rules/automations/*/")
    page.get_by_label("Words", exact=True).fill("smoke\nfire")
    page.get_by_label("Why", exact=True).fill("Fire, too")
    page.get_by_role("button", name="Keep as a new version").click()
    expect(page.get_by_text("Kept as a new version.")).to_be_visible()
    assert Automation.objects.get(name="Smoke").versions.count() == 2
