"""AC-PRIV-5: a live chat begins with what is known, has a line, an agent, an end, and is the same conversation."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from community.events.models import Event
from community.notifications.models import EmailDelivery
from community.refusals import Refusal
from moderation.chat.models import Chat, Duty
from moderation.chat.tasks import tend_chats
from moderation.crm.payload import entries_of
from moderation.escalation.models import Channel
from moderation.queue.models import Item
from tests.jobs import work
from tests.moderation.chat.scenes import (
    MONDAY,
    SUNDAY,
    ana_and_dora_chat,
    ana_chats,
    ana_writes,
    loses_the_connection,
    office_hours,
    said_in,
    sits_down,
)

pytestmark = pytest.mark.django_db


def test_ac_priv_5_it_starts_with_context_and_is_the_same_conversation(cast):
    chat = ana_chats(cast)
    conversation = chat.conversation
    assert said_in(conversation) == [(1, "Since fw 3.2 the left side is silent.")]
    assert conversation.item.kind == Item.Kind.CONVERSATION
    assert conversation.is_live
    chat.join(by=cast.dora)
    conversation.reply("Hello Ana, I have read it. Is it one side in all apps?", by=cast.dora, key="d" * 16)
    conversation.say("Yes, in all.", by=cast.ana, key="a" * 16)
    conversation.refresh_from_db()
    assert [number for number, _what in said_in(conversation)] == [1, 2, 3, 4]
    assert said_in(conversation)[1] == (2, "joined")
    assert set(conversation.messages.filter(step="").values_list("via", flat=True)) == {"page", "chat"}
    told = entries_of(conversation.item, private=True)
    assert next(entry.text for entry in told) == "Since fw 3.2 the left side is silent."
    assert "is here now" in told[1].text


def test_ac_priv_5_sent_twice_is_said_once(cast):
    conversation = ana_and_dora_chat(cast).conversation
    first = conversation.say("Yes, in all apps.", by=cast.ana, key="0123456789abcdef")
    again = conversation.say("Yes, in all apps.", by=cast.ana, key="0123456789abcdef")
    assert again.pk == first.pk
    assert [what for _number, what in said_in(conversation)].count("Yes, in all apps.") == 1


def test_each_brand_has_its_line_and_the_place_in_it_is_told(cast):
    sits_down(cast.dora)
    first = Chat.objects.request(ana_writes(cast), by=cast.ana)
    others = []
    for person in (cast.ben, cast.chris):
        conversation = type(first.conversation).objects.ask(
            by=person, title="Me too", text="Silent here as well.", channels=["page"], product=cast.beam2
        )
        others.append(Chat.objects.request(conversation, by=person))
    assert [first.place, *[chat.place for chat in others]] == [1, 2, 3]
    first.join(by=cast.dora)
    assert [first.place, *[chat.place for chat in others]] == [0, 1, 2]


def test_asking_twice_is_one_chat(cast):
    chat = ana_chats(cast)
    assert Chat.objects.request(chat.conversation, by=cast.ana).pk == chat.pk


@time_machine.travel(SUNDAY, tick=False)
def test_outside_open_hours_it_says_so_and_when(cast):
    office_hours(cast)
    sits_down(cast.dora)
    available = Chat.objects.available(cast.northlight)
    assert not available.is_open
    assert available.opens_at == MONDAY - timedelta(hours=1)
    with pytest.raises(Refusal) as refusal:
        Chat.objects.request(ana_writes(cast), by=cast.ana)
    assert (refusal.value.status, refusal.value.code) == (409, "nobody_here")


@time_machine.travel(SUNDAY, tick=False)
def test_somebody_may_be_there_beyond_the_hours_by_their_own_wish(cast):
    office_hours(cast)
    sits_down(cast.dora, is_beyond_hours=True)
    assert Chat.objects.available(cast.northlight).is_open


@time_machine.travel(MONDAY, tick=False)
def test_a_duty_whose_desk_is_closed_is_none(cast):
    office_hours(cast)
    Duty.objects.begin(by=cast.dora)
    assert not Chat.objects.available(cast.northlight).is_open


def test_an_agent_takes_no_more_than_they_said(cast):
    sits_down(cast.dora, capacity=1)
    ana_chats_with = Chat.objects.request(ana_writes(cast), by=cast.ana)
    Duty.objects.begin(by=cast.dora, capacity=1)
    ana_chats_with.join(by=cast.dora)
    other = type(ana_chats_with.conversation).objects.ask(
        by=cast.ben, title="Me too", text="Silent here as well.", channels=["page"], product=cast.beam2
    )
    with pytest.raises(Refusal) as refusal:
        Chat.objects.request(other, by=cast.ben).join(by=cast.dora)
    assert refusal.value.code == "capacity"


def test_an_agent_of_another_brand_can_neither_see_nor_take_it(cast):
    chat = ana_chats(cast)
    assert not Chat.objects.visible_to(cast.gil).exists()
    assert not Chat.objects.visible_to(cast.ben).exists()
    with pytest.raises(Refusal):
        chat.join(by=cast.gil)


def test_ac_priv_5_another_agent_takes_over_with_the_full_state_and_a_line(cast):
    chat = ana_and_dora_chat(cast)
    chat.conversation.reply("Please try the other app.", by=cast.dora)
    sits_down(cast.emil)
    with pytest.raises(Refusal) as refusal:
        chat.join(by=cast.emil)
    assert refusal.value.code == "held_by_other"  # dora is there: not without a reason
    loses_the_connection(cast.dora)
    chat.join(by=cast.emil)
    last = chat.conversation.messages.last()
    assert last.step == "took_over"
    assert "Emil takes over from Dora" in last.words
    assert chat.conversation.item.holder == cast.emil
    chat.conversation.reply("I have read everything. One moment.", by=cast.emil)
    assert Event.objects.filter(verb="chat.taken_over", actor=cast.emil).count() == 1


def test_ac_priv_5_after_10_minutes_of_silence_it_asks_then_closes_to_mail(cast):
    with time_machine.travel(MONDAY, tick=False) as clock:
        chat = ana_and_dora_chat(cast)
        chat.conversation.reply("Does it help?", by=cast.dora)
        for minutes, steps in ((9.9, 0), (0.1, 1), (1.9, 1)):
            clock.shift(timedelta(minutes=minutes))
            sits_down(cast.dora)
            tend_chats(0)
            assert chat.conversation.messages.filter(step="asked").count() == steps
        clock.shift(timedelta(minutes=0.1))
        tend_chats(0)
        chat.refresh_from_db()
        assert chat.end_reason == "quiet"
        assert chat.ended_at == MONDAY + timedelta(minutes=12)
        conversation = chat.conversation
        conversation.refresh_from_db()
        assert not conversation.is_live
        assert conversation.has_leg(Channel.MAIL)
        assert not conversation.is_closed
        assert conversation.item.state == Item.State.WATCHING


def test_a_word_makes_the_question_whether_somebody_is_there_forgotten(cast):
    with time_machine.travel(MONDAY, tick=False) as clock:
        chat = ana_and_dora_chat(cast)
        clock.shift(timedelta(minutes=10))
        sits_down(cast.dora)
        tend_chats(0)
        clock.shift(timedelta(minutes=1))
        chat.conversation.say("Yes, I was looking for the cable.", by=cast.ana)
        for _minute in range(9):
            clock.shift(timedelta(minutes=1))
            sits_down(cast.dora)
            tend_chats(0)
        chat.refresh_from_db()
        assert chat.ended_at is None
        clock.shift(timedelta(minutes=1))
        sits_down(cast.dora)
        tend_chats(0)
        assert chat.conversation.messages.filter(step="asked").count() == 2


def test_when_nobody_is_left_who_could_come_it_goes_on_by_mail(cast):
    with time_machine.travel(MONDAY, tick=False) as clock:
        chat = ana_chats(cast)
        loses_the_connection(cast.dora)
        clock.shift(timedelta(minutes=2))
        tend_chats(0)
        chat.refresh_from_db()
        assert chat.end_reason == "nobody"
        assert chat.conversation.item.state == Item.State.OPEN


def test_ac_priv_5_the_transcript_is_mailed_once_and_a_reply_to_it_goes_on(cast):
    chat = ana_and_dora_chat(cast)
    chat.conversation.reply("It is the app. Version 5.1 mends it.", by=cast.dora)
    chat.conversation.say("It does, thank you!", by=cast.ana)
    work()
    assert not EmailDelivery.objects.filter(kind="private_message").exists()  # no mail for each line
    chat.leave(by=cast.ana)
    chat.end(Chat.End.QUIET)
    work()
    letters = [letter for letter in mail.outbox if "It is the app. Version 5.1 mends it." in letter.body]
    assert len(letters) == 1
    words = letters[0].body
    order = ["Since fw 3.2 the left side is silent.", "is here now", "Version 5.1 mends it.", "It does, thank you!"]
    assert [words.index(each) for each in order] == sorted(words.index(each) for each in order)
    assert letters[0].reply_to


def test_closing_the_conversation_ends_the_chat(cast):
    chat = ana_and_dora_chat(cast)
    chat.conversation.close(by=cast.dora, result="solved")
    work()
    chat.refresh_from_db()
    assert chat.end_reason == "team"
    assert chat.conversation.closing.survey.is_open


def test_claiming_the_item_by_its_key_joins_the_chat(cast):
    chat = ana_chats(cast)
    work()
    chat.conversation.item.claim(by=cast.dora)
    work()
    chat.refresh_from_db()
    assert chat.agent == cast.dora
    assert said_in(chat.conversation)[-1][1] == "joined"


def test_the_item_stays_at_hand_while_they_talk(cast):
    chat = ana_and_dora_chat(cast)
    chat.conversation.reply("One moment.", by=cast.dora)
    item = Item.objects.get(pk=chat.conversation.item_id)
    assert (item.state, item.holder) == (Item.State.OPEN, cast.dora)
    assert item.responded_at is not None
    assert "live" not in item.signals
