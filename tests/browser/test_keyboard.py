"""Whoever works by keyboard stays where they are, although the answer replaces what they pressed."""

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.scenes import ana_asks, ben_answers

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("choice", "said"), [("Track", "Tracking"), ("Mute", "Muted"), ("Watch", "Following")])
def test_choosing_from_the_menu_of_watching_leaves_the_focus_on_that_menu(
    live_site, live_cast: Cast, page: Page, choice, said
):
    question = ana_asks(live_cast)
    live_site.sign_in(page, live_cast.chris)
    page.goto(live_site.path(question.get_absolute_url()))
    opener = page.locator(f"#level-thread-{question.pk} details.menu > summary")
    opener.focus()
    page.keyboard.press("Enter")
    page.locator(f"#level-thread-{question.pk} .sheet button[value={choice.lower()}]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#level-thread-{question.pk}-press")).to_have_text(said)
    expect(opener).to_be_focused()


def test_same_problem_and_votes_keep_the_focus_where_it_was(live_site, live_cast: Cast, page: Page):
    question = ana_asks(live_cast)
    answer = ben_answers(live_cast, question)
    live_site.sign_in(page, live_cast.chris)
    page.goto(live_site.path(question.get_absolute_url()))
    page.locator("#same-problem summary").focus()
    page.keyboard.press("Enter")
    page.locator("#same-problem").get_by_role("button", name="I have this too").focus()
    page.keyboard.press("Enter")
    expect(page.locator("button#same-problem")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#same-problem summary")).to_be_focused()
    vote = page.locator(f"#vote-{answer.pk}")
    vote.focus()
    page.keyboard.press("Enter")
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(vote).to_be_focused()
