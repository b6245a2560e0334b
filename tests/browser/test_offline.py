"""AC-AGENT-10 in a real browser: the line is cut while somebody writes, and comes back."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from forums.threads.models import Post
from forums.threads.replying import answer
from moderation.escalation.models import Conversation
from moderation.queue.models import Item, Note
from moderation.queue.triage import card_of
from tests.scenes import ana_asks

TWO_WAIT = "Offline. 2 changes waiting"
TWO_SENT = "Back online. 2 changes were sent."


@pytest.fixture
def item(cast) -> Item:
    return card_of(ana_asks(cast).thread)


@pytest.fixture
def talk(cast) -> Conversation:
    """Ana and the team in private."""
    return Conversation.objects.ask(
        by=cast.ana, title="A refund", text="Please look.", channels=["page"], product=cast.beam2
    )


@pytest.fixture
def desk_of(live_site, new_context):
    """`desk_of(cast.dora, item)`: the desk with this item open."""

    def open_for(person, item):
        page = new_context(viewport={"width": 1440, "height": 900}).new_page()
        live_site.sign_in(page, person)
        page.goto(live_site.path(f"/desk/items/{item.pk}/"))
        expect(page.locator("html[data-live=on]")).to_be_attached()
        return page

    return open_for


def outbox(page):
    return page.get_by_test_id("outbox")


def write(page, key, text):
    page.keyboard.press(key)
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")


def waits(page, words):
    expect(outbox(page).get_by_role("status")).to_have_text(words)


def test_ac_agent_10_an_answer_and_a_note_wait_and_are_sent_once(live_site, cast, item, desk_of):
    dora = desk_of(cast.dora, item)
    dora.clock.set_fixed_time(datetime(2031, 5, 4, tzinfo=UTC))  # her clock is years ahead
    dora.context.set_offline(True)
    write(dora, "r", "Update to 3.2.1, please")
    waits(dora, "Offline. 1 change waiting")
    write(dora, "n", "The November batch again")
    waits(dora, TWO_WAIT)
    assert outbox(dora).get_by_role("status").get_attribute("aria-live") == "polite"
    assert (Post.objects.filter(kind="answer").count(), Note.objects.count()) == (0, 0)

    dora.context.set_offline(False)
    waits(dora, TWO_SENT)
    expect(dora.locator(".said-list")).to_contain_text("Update to 3.2.1, please")
    expect(dora.locator(".said-list")).to_contain_text("The November batch again")
    expect(dora.get_by_test_id("open-item")).to_contain_text("answered, watching")
    assert (Post.objects.filter(kind="answer").count(), Note.objects.count()) == (1, 1)
    dora.reload()
    expect(outbox(dora).get_by_role("listitem")).to_have_count(0)
    dora.keyboard.press("r")
    expect(dora.get_by_test_id("composer")).to_have_value("")
    assert Post.objects.filter(kind="answer").count() == 1


def test_ac_agent_10_a_colleague_was_faster_and_the_conflict_is_shown_with_the_draft(live_site, cast, item, desk_of):
    dora = desk_of(cast.dora, item)
    dora.context.set_offline(True)
    write(dora, "r", "My careful answer")
    dora.keyboard.press("e")
    waits(dora, TWO_WAIT)
    answer(item.thread, by=cast.emil, source="Emil was here first.", as_staff=True)

    dora.context.set_offline(False)
    expect(dora.get_by_test_id("clash")).to_contain_text("Emil was here first.")
    expect(dora.get_by_test_id("composer")).to_have_value("My careful answer")
    waits(dora, "1 change was not sent. See why.")
    item.refresh_from_db()
    assert item.state != Item.State.CLOSED  # what came after the stopped answer did not overtake it
    assert Post.objects.filter(kind="answer").count() == 1


def test_ac_agent_10_what_waits_survives_the_page_and_two_tabs_send_it_once(live_site, cast, talk, desk_of):
    dora = desk_of(cast.dora, talk.item)
    dora.get_by_test_id("private-composer").fill("Your refund is on its way")
    dora.context.set_offline(True)
    dora.get_by_test_id("send-private").click()
    write(dora, "n", "Refund asked of the shop")
    waits(dora, TWO_WAIT)
    dora.close()

    context = dora.context  # the same browser, two new tabs
    context.set_offline(False)
    tabs = [context.new_page(), context.new_page()]
    for tab in tabs:
        tab.goto(live_site.path("/desk/"), wait_until="commit")
    for tab in tabs:
        expect(outbox(tab).get_by_role("listitem")).to_have_count(0)
    tabs[0].goto(live_site.path(f"/desk/items/{talk.item.pk}/"))
    expect(tabs[0].get_by_test_id("private-talk")).to_contain_text("Your refund is on its way")
    assert talk.messages.filter(source="Your refund is on its way").count() == 1
    assert Note.objects.filter(item=talk.item).count() == 1


def test_ac_agent_10_a_lost_reply_is_asked_for_again_and_nothing_is_there_twice(live_site, cast, item, desk_of):
    dora = desk_of(cast.dora, item)

    def lose(route):
        route.fetch()  # the site has it, and nobody hears so
        route.abort("connectionreset")

    dora.route("**/answer/**", lose, times=1)
    write(dora, "r", "Update to 3.2.1, please")
    waits(dora, "Offline. 1 change waiting")
    assert Post.objects.filter(kind="answer").count() == 1
    dora.context.set_offline(True)
    dora.context.set_offline(False)
    waits(dora, "Back online. 1 change was sent.")
    expect(dora.locator(".said-list")).to_contain_text("Update to 3.2.1, please")
    assert Post.objects.filter(kind="answer").count() == 1


def test_ac_agent_10_claim_answer_and_close_follow_one_another(live_site, cast, item, desk_of):
    dora = desk_of(cast.dora, item)
    dora.context.set_offline(True)
    dora.keyboard.press("c")
    write(dora, "r", "Update to 3.2.1, please")
    dora.keyboard.press("e")
    waits(dora, "Offline. 3 changes waiting")
    dora.context.set_offline(False)
    waits(dora, "Back online. 3 changes were sent.")
    item.refresh_from_db()
    assert item.state == Item.State.CLOSED
    assert Post.objects.filter(kind="answer").count() == 1


def test_ac_agent_10_what_waits_is_taken_back_by_keyboard(live_site, cast, item, desk_of):
    dora = desk_of(cast.dora, item)
    dora.context.set_offline(True)
    write(dora, "n", "Not so sure")
    waits(dora, "Offline. 1 change waiting")
    outbox(dora).locator("summary").focus()
    dora.keyboard.press("Enter")
    row = outbox(dora).get_by_role("listitem")
    expect(row).to_contain_text(re.compile(r"Note · .*Not so sure", re.S))
    dora.keyboard.press("Tab")
    expect(row.get_by_role("button", name="Take it back")).to_be_focused()
    dora.keyboard.press("Enter")
    expect(row).to_have_count(0)
    expect(dora.locator("#note-text")).to_have_value("Not so sure")
    dora.context.set_offline(False)
    assert not Note.objects.exists()


def test_customers_words_wait_too(live_site, cast, talk, phone):
    live_site.sign_in(phone, cast.ana)
    phone.goto(live_site.path(talk.get_absolute_url()))
    expect(phone.locator("html[data-live=on]")).to_be_attached()
    phone.locator("#private-text").fill("One more thing: the box was open.")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Send in private").click()
    waits(phone, "Offline. 1 change waiting")
    phone.context.set_offline(False)
    waits(phone, "Back online. 1 change was sent.")
    expect(phone.locator("#said")).to_contain_text("One more thing: the box was open.")
    assert talk.messages.filter(source__startswith="One more thing").count() == 1


def test_a_vote_without_a_line_says_that_it_was_not_done(live_site, cast, new_context):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    live_site.sign_in(page, cast.chris)
    page.goto(live_site.path(ana_asks(cast).get_absolute_url()))
    page.context.set_offline(True)
    page.get_by_role("button", name="This helped").click()
    waits(page, "The line is down, so this was not done. Press again when it is back.")
    page.context.set_offline(False)
    page.get_by_role("button", name="This helped").click()
    expect(page.get_by_role("button", name="This helped. Press to take it back")).to_be_visible()
