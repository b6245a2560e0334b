"""Ignoring somebody in a real browser: folded at once, opened by keyboard, and folded too when it arrives later."""

import pytest
from playwright.sync_api import Page, expect

from forums.threads.replying import answer
from tests.cast import Cast
from tests.scenes import ana_asks, ben_answers

pytestmark = pytest.mark.slow


def test_chris_ignores_ben_from_his_page_and_reads_one_post_all_the_same(live_site, live_cast: Cast, page: Page):
    question = ana_asks(live_cast)
    ben_answers(live_cast, question)
    live_site.sign_in(page, live_cast.chris)
    page.goto(live_site.path("/people/ben/"))
    page.get_by_test_id("keep-away").click()
    page.get_by_role("button", name="Ignore").click()
    expect(page.get_by_text("You ignore ben")).to_be_visible()
    page.goto(live_site.path(question.get_absolute_url()))
    expect(page.get_by_text("Turn LE Audio off")).to_be_hidden()
    page.get_by_test_id("folded").locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Turn LE Audio off")).to_be_visible()


def test_what_arrives_while_the_page_is_open_is_folded_too(live_site, live_cast: Cast, page: Page):
    question = ana_asks(live_cast)
    live_site.sign_in(page, live_cast.chris)
    page.goto(live_site.path("/people/ben/") if live_cast.ben else "")
    page.get_by_test_id("keep-away").click()
    page.get_by_role("button", name="Ignore").click()
    page.goto(live_site.path(question.get_absolute_url()))
    expect(page.locator("html[data-live=on]")).to_have_count(1)
    ben_answers(live_cast, question)
    answer(question.thread, by=live_cast.leo, source="The cable was it for me.")
    news = page.get_by_test_id("new-answers")
    expect(news.locator("[data-live-count]")).to_have_text("2")
    news.click()
    expect(page.get_by_text("Turn LE Audio off")).to_be_hidden()
    expect(page.locator("#answer-list .folded")).to_have_count(1)
