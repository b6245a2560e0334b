"""Calls in the browser as rows: card before answer, one at a time, an end with length and who, never a recording."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.events.models import Event
from community.notifications.models import Notification
from community.refusals import Refusal
from moderation.calls.models import Call
from moderation.calls.tasks import stop_ringing, tend_calls
from moderation.escalation.models import Channel
from moderation.queue.models import Item
from tests.jobs import work
from tests.moderation.calls.scenes import ana_rings, dora_answers
from tests.moderation.chat.scenes import MONDAY, ana_writes, loses_the_connection, office_hours, said_in, sits_down

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(db, cast):
    """A Monday at ten, in open hours."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        office_hours(cast)
        yield clock


def refused(deed, *args, **fields) -> str:
    """The rule that refuses it."""
    with pytest.raises(Refusal) as refusal:
        deed(*args, **fields)
    return refusal.value.code


def test_a_call_rings_at_the_desk_and_asking_twice_is_one_call(cast):
    call = ana_rings(cast)
    assert (call.state, call.agent) == ("ringing", None)
    assert Call.objects.ring(call.conversation, by=cast.ana) == call
    assert "ringing" in Item.objects.get(pk=call.conversation.item_id).signals
    assert call.conversation.has_leg(Channel.CALL)


def test_with_nobody_there_it_is_refused(cast):
    assert refused(Call.objects.ring, ana_writes(cast), by=cast.ana) == "nobody_here"
    sits_down(cast.dora)
    loses_the_connection(cast.dora)
    assert refused(Call.objects.ring, ana_writes(cast), by=cast.ana) == "nobody_here"


def test_whoever_is_in_a_call_is_not_there_for_another(cast):
    dora_answers(cast)
    assert refused(Call.objects.ring, ana_writes(cast), by=cast.ana) == "nobody_here"
    assert refused(Call.objects.invite, ana_writes(cast), by=cast.dora) == "in_a_call"


def test_only_the_customer_rings_and_not_about_what_is_closed(cast):
    conversation = ana_writes(cast)
    sits_down(cast.dora)
    assert refused(Call.objects.ring, conversation, by=cast.ben) == "not_yours"
    conversation.close(by=cast.dora, result="solved", note="")
    assert refused(Call.objects.ring, conversation, by=cast.ana) == "closed"
    assert refused(Call.objects.invite, conversation, by=cast.dora) == "closed"


def test_the_card_comes_before_the_answer_and_the_first_of_two_has_it(cast):
    call = ana_rings(cast)
    assert refused(call.answer, by=cast.dora) == "no_card"
    for agent in (cast.dora, cast.emil):
        call.show_card(to=agent)
    call.answer(by=cast.dora)
    assert refused(Call.objects.get(pk=call.pk).answer, by=cast.emil) == "held_by_other"
    assert refused(Call.objects.get(pk=call.pk).answer, by=cast.ana) == "own_call"
    call = Call.objects.get(pk=call.pk)
    assert (call.state, call.agent) == ("connecting", cast.dora)
    assert call.conversation.item.holder == cast.dora


def test_it_ends_with_length_and_who_and_the_leg_is_over(cast, clock):
    call = dora_answers(cast)
    call.come_through()
    clock.shift(timedelta(minutes=4, seconds=12))
    call.hang_up(by=cast.ana)
    call.hang_up(by=cast.dora)  # both at once
    call = Call.objects.get(pk=call.pk)
    assert (call.state, call.end_reason, call.length) == ("ended", "customer", timedelta(minutes=4, seconds=12))
    assert (
        call.conversation.messages.last().words
        == "Dora, Bluetooth spoke with the customer in the browser for 4 minutes."
    )
    assert [step for _number, step in said_in(call.conversation)].count("spoke") == 1
    assert not call.conversation.has_leg(Channel.CALL)
    details = Event.objects.get(verb="voice.ended").details
    assert (details["seconds"], details["reason"]) == (252, "customer")


def test_nobody_answers_and_it_stops_after_the_time(cast, clock, settings):
    call = ana_rings(cast)
    clock.shift(timedelta(seconds=settings.CALL_RING_SECONDS - 1))
    stop_ringing(call.pk)
    assert Call.objects.get(pk=call.pk).state == "ringing"
    clock.shift(timedelta(seconds=1))
    stop_ringing(call.pk)
    call = Call.objects.get(pk=call.pk)
    assert (call.state, call.end_reason) == ("failed", "nobody")
    assert said_in(call.conversation)[-1][1] == "unanswered"
    assert "ringing" not in Item.objects.get(pk=call.conversation.item_id).signals


def test_a_changed_mind_leaves_no_line_between_the_words(cast):
    call = ana_rings(cast)
    call.hang_up(by=cast.ana)
    assert len(said_in(call.conversation)) == 1


def test_a_side_that_is_gone_for_a_minute_ends_it(cast, clock):
    call = dora_answers(cast)
    clock.shift(timedelta(seconds=59))
    call.attend(cast.dora)
    tend_calls(0)
    assert Call.objects.get(pk=call.pk).ended_at is None
    clock.shift(timedelta(seconds=2))
    tend_calls(0)
    assert Call.objects.get(pk=call.pk).end_reason == "lost"


def test_browsers_that_find_no_way_say_so(cast):
    call = dora_answers(cast)
    call.hang_up(by=cast.ana, is_failed=True)
    assert Call.objects.get(pk=call.pk).end_reason == "failed"
    assert said_in(call.conversation)[-1][1] == "unheard"


def test_the_team_rings_and_the_customer_finds_it_in_the_tray(cast):
    conversation = ana_writes(cast)
    call = Call.objects.invite(conversation, by=cast.dora)
    work()
    tray = Notification.objects.get(person=cast.ana, url=call.get_absolute_url())
    assert "calling you" in tray.text
    assert refused(call.answer, by=cast.emil) == "not_yours"
    call.answer(by=cast.ana)
    assert Call.objects.get(pk=call.pk).answered_at == timezone.now()


def test_a_closed_conversation_has_no_open_call(cast):
    call = dora_answers(cast)
    call.conversation.close(by=cast.dora, result="solved", note="")
    assert Call.objects.get(pk=call.pk).side_of(cast.ana) == ""
    work()
    assert Call.objects.get(pk=call.pk).end_reason == "team"


def test_sides(cast):
    call = dora_answers(cast)
    sides = {name: call.side_of(getattr(cast, name)) for name in ("ana", "dora", "emil", "ben", "gil")}
    assert sides == {"ana": "customer", "dora": "team", "emil": "", "ben": "", "gil": ""}
