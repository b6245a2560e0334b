"""AC-PRIV-5 in two real browsers: what a dropped line and a lost answer do not lose and do not double."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from moderation.chat.models import Chat, Duty, Seat
from moderation.escalation.models import PrivateMessage
from tests.waiting import until


@pytest.fixture
def desk(live_site, cast, new_context):
    """Dora's desk; she takes chats."""
    Duty.objects.begin(by=cast.dora, is_beyond_hours=True)
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    live_site.sign_in(page, cast.dora)
    page.goto(live_site.path("/desk/"))
    expect(page.locator("html[data-live=on]")).to_be_attached()
    expect(page.get_by_test_id("chat-strip")).to_contain_text("I take chats")
    until(Seat.objects.at_the_desk().exists)  # the socket says it a moment after the page is live
    return page


def words_on(page) -> list[str]:
    """What a page shows, in its order."""
    return page.locator("#said [data-number] .prose").all_inner_texts()


def test_ac_priv_5_ana_and_dora_talk_through_a_dropped_line_and_a_lost_answer(live_site, cast, desk, phone):
    live_site.sign_in(phone, cast.ana)
    phone.goto(live_site.path(f"/requests/chat/new/?product={cast.beam2.slug}"))
    phone.get_by_label("What is it about").fill("No sound on the left")
    phone.get_by_label("What happens").fill("Since fw 3.2 the left side is silent.")
    phone.get_by_test_id("chat-begin").click()
    expect(phone.get_by_test_id("chat-place")).to_contain_text("You are next.")
    desk.get_by_test_id("chat-waiting").click()
    expect(desk.get_by_test_id("chat-card")).to_contain_text("Since fw 3.2 the left side is silent.")
    desk.locator("#private-panel").get_by_test_id("chat-join").click()
    expect(phone.get_by_test_id("agent-here")).to_be_visible()

    phone.get_by_test_id("chat-text").press_sequentially("Hel")
    expect(desk.get_by_test_id("customer-typing")).to_be_visible()
    desk.get_by_test_id("chat-text").press_sequentially("Hi")
    expect(phone.get_by_test_id("agent-typing")).to_be_visible()

    lost = []

    def lose_the_first_answer(route):
        route.fetch()  # the site hears it, the page does not hear that
        lost.append(route.request.url)
        with suppress(Error):  # the page may have given it up meanwhile, which is the same to it
            route.abort() if len(lost) == 1 else route.fallback()

    phone.route("**/chat/say/", lose_the_first_answer)
    phone.get_by_test_id("chat-text").fill("one")
    phone.keyboard.press("Enter")
    expect(desk.locator("#said")).to_contain_text("one")
    expect(phone.locator("#said .sending")).to_have_count(0)
    phone.unroute("**/chat/say/")

    phone.context.set_offline(True)
    phone.get_by_test_id("chat-text").fill("two, from the tunnel")
    phone.keyboard.press("Enter")
    for words in ("three", "four"):
        desk.get_by_test_id("chat-text").fill(words)
        desk.keyboard.press("Enter")
        expect(desk.locator("#said")).to_contain_text(words)
    phone.context.set_offline(False)
    expect(phone.locator("#said")).to_contain_text("four")
    expect(desk.locator("#said")).to_contain_text("two, from the tunnel")
    expect(phone.locator("#said .sending")).to_have_count(0)

    chat = Chat.objects.get()
    said = list(PrivateMessage.objects.filter(conversation=chat.conversation_id, step="").order_by("number"))
    assert sorted(message.source for message in said[1:]) == ["four", "one", "three", "two, from the tunnel"]
    assert words_on(phone) == words_on(desk) == [message.source for message in said]
