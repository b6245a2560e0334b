"""The pages of a live chat over HTTP: they work without a script, and let nobody else in."""

import pytest
import time_machine

from moderation.chat.models import Chat, Duty
from moderation.escalation.models import Conversation
from tests.moderation.chat.scenes import (
    SUNDAY,
    ana_and_dora_chat,
    ana_chats,
    ana_writes,
    office_hours,
    said_in,
    sits_down,
)
from tests.moderation.escalation.scenes import dora_offers, on_the_desk

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_ana_begins_a_chat_from_her_thread_and_repeats_nothing(client, cast):
    thread = on_the_desk(cast)
    sits_down(cast.dora)
    client.force_login(cast.ana)
    page = client.get(f"/requests/chat/new/?thread={thread.pk}").content.decode()
    assert "What I wrote:" in page
    form = {"thread": thread.pk, "title": thread.title, "text": "What I wrote: it drops.", "product": cast.beam2.pk}
    answered = client.post("/requests/chat/new/", form)
    conversation = Conversation.objects.get()
    assert answered.url == f"/requests/{conversation.token}/chat/"
    assert conversation.thread == thread
    assert thread.notices.filter(kind="private").exists()
    shown = client.get(answered.url).content.decode()
    assert "You are next." in shown
    assert "What I wrote: it drops." in shown


def test_somebody_elses_thread_is_not_carried_over(client, cast):
    thread = on_the_desk(cast)
    sits_down(cast.dora)
    client.force_login(cast.ben)
    assert "What I wrote:" not in client.get(f"/requests/chat/new/?thread={thread.pk}").content.decode()


def test_an_offer_of_a_chat_leads_there_after_consent(client, cast):
    invitation = dora_offers(cast, channels=["page", "chat"])
    sits_down(cast.dora)
    client.force_login(cast.ana)
    assert Conversation.objects.count() == 0
    form = {"channels": ["page", "chat"], "title": "My Beam 2", "text": "It drops.", "version": "", "environment": ""}
    answered = client.post(f"/requests/invitations/{invitation.token}/accept/", form)
    conversation = Conversation.objects.get()
    assert answered.url == f"/requests/{conversation.token}/chat/"
    assert not conversation.is_live  # consent is not yet a chat: that begins with the next click
    client.post(f"/requests/{conversation.token}/chat/start/")
    assert Chat.objects.get().conversation == conversation


def test_without_a_script_both_sides_talk_by_reloading(client, cast):
    chat = ana_and_dora_chat(cast)
    token, desk = chat.conversation.token, f"/desk/conversations/{chat.conversation_id}/chat/"
    client.force_login(cast.ana)
    assert client.post(f"/requests/{token}/chat/say/", {"text": "Both sides now."}).status_code == 302
    client.force_login(cast.dora)
    assert "Both sides now." in client.get(desk).content.decode()
    assert client.post(f"{desk}say/", {"text": "Then it is the cable."}).status_code == 302
    client.force_login(cast.ana)
    page = client.get(f"/requests/{token}/").content.decode()
    assert "Then it is the cable." in page
    assert "Go to the live chat" in page


def test_a_script_gets_its_message_back_once_however_often_it_sends_it(client, cast):
    chat = ana_and_dora_chat(cast)
    client.force_login(cast.ana)
    address, form = f"/requests/{chat.conversation.token}/chat/say/", {"text": "Once.", "key": "k" * 32}
    first = client.post(address, {**form, "once": "k" * 32}, headers=HTMX)
    again = client.post(address, {**form, "once": "another"}, headers=HTMX)
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert [what for _number, what in said_in(chat.conversation)].count("Once.") == 1


def test_what_was_missed_comes_by_number_and_in_order(client, cast):
    chat = ana_and_dora_chat(cast)
    conversation = chat.conversation
    for number in range(5):
        conversation.reply(f"line {number}", by=cast.dora)
    client.force_login(cast.ana)
    news = client.get(f"/requests/{conversation.token}/chat/news/?since=3", headers=HTMX).content.decode()
    assert "line 0" not in news
    assert [news.index(f"line {number}") for number in range(1, 5)] == sorted(
        news.index(f"line {number}") for number in range(1, 5)
    )
    assert 'id="chat-bar"' in news


@time_machine.travel(SUNDAY, tick=False)
def test_when_nobody_is_there_the_page_says_when_and_offers_mail(client, cast):
    office_hours(cast)
    sits_down(cast.dora)
    client.force_login(cast.ana)
    page = client.get("/requests/chat/new/?product=beam-2").content.decode()
    assert "It opens again on Monday, 23 November at 09:00." in page
    assert "Write to us" in page
    entry = client.get("/requests/chat/entry/?product=beam-2").content.decode()
    assert "Chat with us" not in entry
    assert "Write to us in private" in entry


def test_the_small_entry_offers_a_chat_while_somebody_is_there(client, cast):
    assert cast.beam2
    assert "Chat with us" not in client.get("/requests/chat/entry/?product=beam-2").content.decode()
    sits_down(cast.dora)
    assert "Chat with us" in client.get("/requests/chat/entry/?product=beam-2").content.decode()


@pytest.mark.parametrize(("name", "said"), [("ben", 404), ("gil", 404), ("jo", 403)])
def test_strangers_and_the_wrong_team_find_nothing(client, cast, name, said):
    chat = ana_and_dora_chat(cast)
    client.force_login(getattr(cast, name))
    assert client.get(f"/requests/{chat.conversation.token}/chat/").status_code == 404
    assert client.post(f"/requests/{chat.conversation.token}/chat/say/", {"text": "hi"}).status_code == said
    assert client.get(f"/desk/conversations/{chat.conversation_id}/chat/").status_code in (403, 404)
    assert client.post(f"/desk/conversations/{chat.conversation_id}/chat/join/").status_code in (403, 404)


def test_the_desk_shows_who_waits_and_the_context_card_before_the_first_word(client, cast):
    chat = ana_chats(cast)
    client.force_login(cast.dora)
    strip = client.get("/desk/chats/", headers=HTMX).content.decode()
    assert "No sound on the left" in strip
    pane = client.get(f"/desk/conversations/{chat.conversation_id}/chat/", headers=HTMX).content.decode()
    for piece in ("Beam 2", "Since fw 3.2 the left side is silent.", "ana waits, number 1 in line", "Join the chat"):
        assert piece in pane, piece
    joined = client.post(f"/desk/conversations/{chat.conversation_id}/chat/join/", headers=HTMX).content.decode()
    assert 'data-testid="chat-text"' in joined


def test_the_switch_begins_and_ends_a_duty(client, cast):
    client.force_login(cast.dora)
    client.post("/desk/chats/duty/", {"is_on": "on", "capacity": "2", "is_beyond_hours": "on"})
    duty = Duty.objects.get()
    assert (duty.person, duty.capacity, duty.is_beyond_hours) == (cast.dora, 2, True)
    assert client.post("/desk/chats/duty/", {"is_on": "on", "capacity": "99"}, headers=HTMX).status_code == 422
    client.post("/desk/chats/duty/", {"is_on": "off"})
    assert not Duty.objects.exists()


def test_a_colleague_gives_a_reason_to_take_over_from_somebody_who_is_there(client, cast):
    chat = ana_and_dora_chat(cast)
    client.force_login(cast.emil)
    address = f"/desk/conversations/{chat.conversation_id}/chat/join/"
    assert client.post(address, headers=HTMX).status_code == 409
    assert client.post(address, {"reason": "Dora asked me to"}).status_code == 302
    chat.refresh_from_db()
    assert chat.agent == cast.emil


def test_going_on_by_mail_is_the_agents_second_button(client, cast):
    chat = ana_and_dora_chat(cast)
    client.force_login(cast.emil)
    assert client.post(f"/desk/conversations/{chat.conversation_id}/chat/leave/", headers=HTMX).status_code == 409
    client.force_login(cast.dora)
    page = client.post(f"/desk/conversations/{chat.conversation_id}/chat/leave/", headers=HTMX).content.decode()
    assert 'data-testid="private-composer"' in page  # the conversation goes on there
    chat.refresh_from_db()
    assert chat.end_reason == "team"


def test_the_words_of_a_chat_go_through_the_gate_as_all_others(client, cast):
    chat = ana_and_dora_chat(cast)
    client.force_login(cast.ana)
    answered = client.post(f"/requests/{chat.conversation.token}/chat/say/", {"text": "  "}, headers=HTMX)
    assert answered.status_code == 422


def test_a_conversation_from_before_can_go_on_in_a_chat(client, cast):
    conversation = ana_writes(cast)
    client.force_login(cast.ana)
    assert "Nobody can chat right now" in client.get(f"/requests/{conversation.token}/chat/").content.decode()
    assert client.post(f"/requests/{conversation.token}/chat/start/").status_code == 409
    sits_down(cast.dora)
    assert "Start the chat" in client.get(f"/requests/{conversation.token}/chat/").content.decode()
    client.post(f"/requests/{conversation.token}/chat/start/")
    assert Chat.objects.going_on().filter(conversation=conversation).exists()


def test_who_takes_a_chat_reads_that_it_is_the_first_time(client, cast):
    chat = ana_chats(cast)
    client.force_login(cast.dora)
    pane = client.get(f"/desk/conversations/{chat.conversation_id}/chat/", headers=HTMX).content.decode()
    assert "ana is in touch for the first time" in pane
    assert "0 times" not in pane
