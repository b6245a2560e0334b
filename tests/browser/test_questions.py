"""Asking, answering and solving in a real browser: with scripts, without them, and on two devices at once."""

import re

import pytest
from playwright.sync_api import expect

from forums.questions.models import Question
from forums.threads.models import Draft, Thread
from forums.threads.replying import answer
from tests.scenes import BODY, TITLE, ana_asks, ben_answers

TYPED = (
    "With the cable everything works, without it the left side falls silent after a minute or so. " * 2
    + "What else can I try?"
)


@pytest.fixture
def plain(browser, live_site):
    """A page whose browser runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_ac_seo_4_without_scripts_a_visitor_finds_reads_and_pages(plain, live_site, cast):
    question = ana_asks(cast)
    ben_answers(cast, question)
    many = [Thread(kind="question", title=f"How do I do this {n:02}", slug="how", author=cast.chris) for n in range(21)]
    Question.objects.bulk_create(Question(thread=thread) for thread in Thread.objects.bulk_create(many))
    plain.goto(live_site.path("/questions/?view=newest"))
    plain.get_by_role("link", name="Older").click()
    plain.get_by_role("link", name=TITLE).click()
    expect(plain.get_by_text("Turn LE Audio off")).to_be_visible()
    expect(plain.get_by_role("link", name="Sign in to answer")).to_be_visible()


def test_ac_seo_4_without_scripts_ana_asks_ben_answers_votes_and_ana_accepts(plain, live_site, cast):
    live_site.sign_in(plain, cast.ana)
    plain.goto(live_site.path("/questions/new/"))
    plain.get_by_label("What is going on?").fill("help")
    plain.get_by_label("Details", exact=True).fill(BODY)
    plain.get_by_test_id("ask-form").get_by_role("button", name="Ask").click()
    expect(plain.get_by_text("15 characters").first).to_be_visible()
    expect(plain.get_by_label("Details", exact=True)).to_have_value(BODY)
    plain.get_by_label("What is going on?").fill(TITLE)
    plain.get_by_test_id("ask-form").get_by_role("button", name="Ask").click()
    expect(plain.get_by_role("heading", name=TITLE)).to_be_visible()
    address = plain.url
    live_site.sign_out(plain)
    live_site.sign_in(plain, cast.ben)
    plain.goto(address)
    plain.get_by_role("button", name="This helped").first.click()
    expect(plain.get_by_role("button", name="take it back")).to_be_visible()
    plain.get_by_label("Your answer").fill("Turn LE Audio off.")
    plain.get_by_role("button", name="Answer", exact=True).click()
    expect(plain.get_by_test_id("answer")).to_have_count(1)
    live_site.sign_out(plain)
    live_site.sign_in(plain, cast.ana)
    plain.goto(address)
    plain.locator("details.accept summary").click()
    plain.locator("details.accept").get_by_role("button", name="This solved it").click()
    expect(plain.get_by_text("Solved it for ana")).to_be_visible()


def test_a_new_answer_waits_behind_a_quiet_bar(page, live_site, cast):
    question = ana_asks(cast)
    ben_answers(cast, question)
    live_site.sign_in(page, cast.ana)
    page.goto(live_site.path(question.get_absolute_url()))
    expect(page.locator("html[data-live=on]")).to_be_attached()
    answer(question.thread, by=cast.dora, source="The fix is firmware 3.3.", as_staff=True)
    bar = page.get_by_test_id("new-answers")
    expect(bar).to_be_visible(timeout=40_000)
    expect(page.get_by_test_id("answer")).to_have_count(1)
    bar.click()
    expect(page.get_by_test_id("answer")).to_have_count(2)
    expect(page.get_by_text("The fix is firmware 3.3.")).to_be_visible()
    expect(bar).to_be_hidden()


def test_votes_and_badges_change_in_place(page, live_site, cast):
    question = ana_asks(cast)
    post = ben_answers(cast, question)
    page.goto(live_site.path(question.get_absolute_url()))
    expect(page.locator("html[data-live=on]")).to_be_attached()
    post.vote(by=cast.chris)
    question.accept(post, by=cast.ana)
    expect(page.locator(f"#post-{post.pk}-score")).to_have_text(re.compile(r"^1"), timeout=40_000)
    expect(page.get_by_text("Solved it for ana")).to_be_visible()
    expect(page.get_by_test_id("new-answers")).to_be_hidden()


def test_a_vote_with_scripts_stays_on_the_page(page, live_site, cast):
    question = ana_asks(cast)
    post = ben_answers(cast, question)
    live_site.sign_in(page, cast.chris)
    page.goto(live_site.path(question.get_absolute_url()))
    page.evaluate("window.mark = 1")
    votes = page.locator(f"#post-{post.pk}-votes")
    votes.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(votes.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    expect(votes.get_by_role("button")).to_be_focused()  # whoever goes by keys goes on from where they are
    expect(votes.locator(".score")).to_have_text(re.compile(r"^1"))
    page.get_by_role("button", name="Follow", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Following")).to_be_focused()
    page.locator("summary", has_text="Same problem").click()
    page.get_by_role("button", name="I have this too").click()
    expect(page.get_by_role("button", name="Same problem · 1")).to_be_visible()
    assert page.evaluate("window.mark") == 1


def test_ac_ask_3_a_draft_is_there_after_a_comment_elsewhere_a_reload_and_on_the_phone(page, phone, live_site, cast):
    question = ana_asks(cast)
    post = ben_answers(cast, question)
    live_site.sign_in(page, cast.ana)
    page.goto(live_site.path(question.get_absolute_url()))
    text = TYPED[:200]
    page.get_by_label("Your answer").fill(text)
    expect(page.get_by_text("Draft saved")).to_be_visible(timeout=40_000)
    page.locator(f"#post-{post.pk}").get_by_role("link", name="Comment").click()
    page.get_by_label("Your comment").fill("Thank you, I will try that tonight.")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text("I will try that tonight")).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value(text)
    page.reload()
    expect(page.get_by_label("Your answer")).to_have_value(text)
    live_site.sign_in(phone, cast.ana)
    phone.goto(live_site.path(question.get_absolute_url()))
    expect(phone.get_by_label("Your answer")).to_have_value(text)
    phone.get_by_role("button", name="Answer", exact=True).click()
    expect(phone.get_by_test_id("answer")).to_have_count(2)
    assert not Draft.objects.filter(place=f"thread:{question.pk}").exists()


def test_a_draft_is_on_the_page_of_drafts_although_its_page_was_left_at_once(page, live_site, cast):
    live_site.sign_in(page, cast.ben)
    page.goto(live_site.path("/questions/new/"))
    page.locator("[name=title]").fill("The left ear pad came loose")
    page.locator("[name=text]").fill("After a year the left pad hangs by two clips.")
    page.goto(live_site.path("/people/"))
    page.goto(live_site.path("/drafts/mine/"))
    expect(page.get_by_text("hangs by two clips")).to_be_visible()


def test_what_was_sent_at_once_after_typing_does_not_come_back_as_a_draft(page, live_site, cast):
    question = ana_asks(cast)
    live_site.sign_in(page, cast.ben)
    page.goto(live_site.path(question.get_absolute_url()))
    page.get_by_label("Your answer").fill("Sent within the two seconds in which a draft is kept.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_test_id("answer")).to_have_count(1)
    page.wait_for_timeout(2500)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []
    page.reload()
    expect(page.get_by_label("Your answer")).to_have_value("")


def test_ac_ask_3_two_tabs_the_later_one_is_shown_the_difference_and_chooses(page, live_site, cast):
    question = ana_asks(cast)
    live_site.sign_in(page, cast.ana)
    page.goto(live_site.path(question.get_absolute_url()))
    Draft.objects.keep(by=cast.ana, place=f"thread:{question.pk}", text="Written on the other device.")
    page.get_by_label("Your answer").fill("Written in this tab.")
    choice = page.locator(".draft-choice")
    expect(choice).to_be_visible(timeout=40_000)
    expect(choice.locator("ins, del").first).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("Written in this tab.")
    choice.get_by_role("button", name="Use the other").click()
    expect(page.get_by_label("Your answer")).to_have_value("Written on the other device.")


def test_pages_fit_a_phone(phone, live_site, cast):
    question = ana_asks(cast, environment="iPhone 15")
    ben_answers(cast, question, source="x" * 400)
    live_site.sign_in(phone, cast.ana)
    for path in ("/questions/", "/questions/new/", question.get_absolute_url()):
        phone.goto(live_site.path(path))
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
