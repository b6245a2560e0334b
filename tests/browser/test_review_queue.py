"""The review queue by keyboard alone, and what is hard to look at, in a real browser."""

import pytest
from playwright.sync_api import expect

from forums.threads.models import Post
from moderation.decisions.models import Decision, Exposure
from moderation.flags.models import Case, Flag
from tests.browser.axe import findings
from tests.moderation.decisions.scenes import house_rule
from tests.scenes import ana_asks, ben_answers

PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs="
VEILED = "blur(18px) grayscale(1)"


@pytest.fixture
def cases(cast) -> list[Case]:
    """Three cases, the gravest first: one that is hard to look at, one of spam, one that is off topic."""
    posts = [ben_answers(cast, ana_asks(cast, title=f"Number {n} stops in the middle of songs")) for n in range(3)]
    rules = [house_rule("hate", 90, is_sensitive=True), house_rule("spam", 40), house_rule("off-topic", 10)]
    made = [Flag.objects.flag(post, by=cast.chris, rule=rule).case for post, rule in zip(posts, rules, strict=True)]
    Post.objects.filter(pk=posts[0].pk).update(html=f'<p><img src="{PICTURE}" alt="What was shown"></p>')
    return sorted(made, key=lambda case: case.ranks_at)


@pytest.fixture
def hana(live_site, cast, new_context):
    page = new_context(viewport={"width": 1440, "height": 900}).new_page()
    live_site.sign_in(page, cast.hana)
    return page


def title_of(page) -> str:
    return page.get_by_test_id("case").locator("h1").inner_text()


def test_ac_mod_2_the_queue_goes_by_keys_alone(live_site, cast, cases, hana):
    hana.goto(live_site.path("/desk/flags/"))
    rows = hana.get_by_test_id("case-row")
    expect(rows).to_have_count(3)
    hana.keyboard.press("?")
    expect(hana.locator("#keys")).to_contain_text("Next and previous case")
    expect(hana.locator("#keys")).to_be_visible()
    hana.keyboard.press("Escape")
    expect(hana.locator("#keys")).to_be_hidden()
    for key, number in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        hana.keyboard.press(key)
        expect(rows.nth(number)).to_be_focused()
    hana.keyboard.press("o")
    expect(hana.get_by_text("You are on it, for ten minutes")).to_be_visible()
    opened = Case.objects.get(pk=hana.url.split("/desk/flags/")[1].split("/")[0])
    assert opened == cases[1]
    assert opened.holder == cast.hana
    hana.keyboard.press("e")
    hana.wait_for_url(lambda url: f"/{cases[1].pk}/" not in url)
    assert Decision.objects.get(case=cases[1]).outcome == "left"
    hana.goto(live_site.path(f"/desk/flags/{cases[1].pk}/"))
    hana.keyboard.press("u")
    hana.keyboard.type("I was too quick")
    hana.keyboard.press("Enter")
    expect(hana.get_by_test_id("decide")).to_be_visible()
    assert not Decision.objects.get(case=cases[1]).is_standing
    hana.get_by_label("Hide the post").check()
    hana.get_by_label("What did you find? The person reads it.").fill("It sells cables.")
    hana.get_by_label("Hide the post").focus()
    hana.keyboard.press("a")  # on a box that is ticked, letters are keys
    hana.wait_for_url(lambda url: f"/{cases[1].pk}/" not in url)
    assert Decision.objects.filter(case=cases[1]).latest("pk").outcome == "acted"
    hana.goto(live_site.path(f"/desk/flags/{cases[2].pk}/"))
    expect(hana.get_by_text("You are on it, for ten minutes")).to_be_visible()
    hana.keyboard.press("c")
    expect(hana.get_by_test_id("case")).to_have_count(0)
    assert Case.objects.get(pk=cases[2].pk).holder is None
    assert findings(hana) == []


def test_ac_mod_11_a_flagged_picture_is_blurred_and_grey_until_a_click_and_counted(live_site, cast, cases, hana):
    hard = next(case for case in cases if case.is_sensitive)
    hana.goto(live_site.path(f"/desk/flags/{hard.pk}/"))
    picture = hana.get_by_test_id("subject").locator(".prose img")
    expect(hana.get_by_text("You are on it, for ten minutes")).to_be_visible()
    expect(picture).to_have_css("filter", VEILED)
    assert Exposure.objects.get().person == cast.hana
    hana.get_by_label("Show pictures").check()
    expect(picture).to_have_css("filter", "none")
    hana.reload()
    expect(hana.get_by_text("1 sensitive item today, limit 40")).to_be_visible()
    expect(picture).to_have_css("filter", VEILED)
