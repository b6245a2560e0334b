"""Asking in a real browser: without an account, with similar questions beside it, and with the network gone."""

from playwright.sync_api import expect

from forums.questions.models import GuestQuestion, Question
from tests.browser.axe import findings
from tests.scenes import BODY, TITLE, ana_asks


def test_ac_ask_2_a_guest_asks_on_a_phone_and_confirms(phone, live_site, cast):
    cast.beam2.ask_outline = "Phone and its version\nWhat you tried"
    cast.beam2.save()
    phone.goto(live_site.path("/questions/new/"))
    phone.get_by_label("What is going on?").fill(TITLE)
    phone.get_by_label("Product").select_option("Beam 2")
    expect(phone.get_by_text("With Beam 2 it helps to know:")).to_be_visible()
    phone.get_by_role("button", name="Begin with these points").click()
    expect(phone.get_by_label("Details", exact=True)).to_have_value(
        "**Phone and its version:**\n\n**What you tried:**\n\n"
    )
    phone.get_by_label("Details", exact=True).fill(BODY)
    assert findings(phone) == []
    phone.get_by_test_id("ask-form").get_by_role("button", name="Go on").click()
    phone.get_by_label("E-mail address").fill("vera@example.org")
    phone.get_by_label("Your name here").fill("vera")
    assert findings(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_role("button", name="Send me the link").click()
    expect(phone.get_by_test_id("guest-sent")).to_be_visible()
    assert phone.evaluate("localStorage.getItem('draft:nobody:ask')") is None
    phone.goto(GuestQuestion.objects.get().link())
    assert findings(phone) == []
    phone.get_by_role("button", name="Publish my question").click()
    expect(phone.get_by_text("you are signed in")).to_be_visible()
    expect(phone.get_by_role("heading", name=TITLE)).to_be_visible()
    assert Question.objects.get().thread.author.username == "vera"


def test_ac_ask_1_title_and_text_are_there_when_one_comes_back_from_another_question(page, live_site, cast):
    other = ana_asks(cast, title="Something else about the left side")
    live_site.sign_in(page, cast.ana)
    page.goto(live_site.path("/questions/new/"))
    page.get_by_label("What is going on?").fill(TITLE)
    top = page.get_by_label("Details", exact=True).bounding_box()["y"]
    page.wait_for_timeout(1000)
    assert page.get_by_label("Details", exact=True).bounding_box()["y"] == top  # nothing moved
    page.goto(live_site.path(other.get_absolute_url()))
    page.go_back()
    expect(page.get_by_label("What is going on?")).to_have_value(TITLE)
    page.get_by_label("Details", exact=True).fill(BODY)
    page.goto(live_site.path(other.get_absolute_url()))
    page.goto(live_site.path("/questions/new/"))
    expect(page.get_by_label("What is going on?")).to_have_value(TITLE)
    expect(page.get_by_label("Details", exact=True)).to_have_value(BODY)


def test_ac_ask_3_what_is_typed_survives_ten_minutes_without_network(page, live_site, cast):
    question = ana_asks(cast)
    live_site.sign_in(page, cast.ana)
    page.clock.install()
    page.goto(live_site.path(question.get_absolute_url()))
    page.context.set_offline(True)
    page.get_by_label("Your answer").fill(BODY)
    page.clock.run_for(15_000)
    expect(page.get_by_text("Kept in this browser")).to_be_visible()
    page.clock.fast_forward(600_000)
    page.context.set_offline(False)
    page.goto(live_site.path("/questions/"))
    page.goto(live_site.path(question.get_absolute_url()))
    expect(page.get_by_label("Your answer")).to_have_value(BODY)
