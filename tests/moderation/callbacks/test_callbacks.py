"""AC-PRIV-6: a call at a time of the customer's choice, made with the card in sight, and always with an end."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from community.events.models import Event
from community.people.phones import grouped_phone
from community.refusals import Refusal
from moderation.callbacks.models import Callback, IdentityCheck
from moderation.callbacks.models.callback import SlotTaken
from moderation.callbacks.slots import by_day
from moderation.callbacks.tasks import bring_up_the_near, remind_customers
from moderation.queue.models import Item
from tests.jobs import work
from tests.moderation.callbacks.scenes import AT_ELEVEN, MONDAY, PHONE, ana_books, office_hours, writes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(db):
    """A Monday at a quarter past ten, in open hours."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        office_hours()
        yield clock


def in_the_call(cast, clock) -> Callback:
    """Dora has read the card and makes Ana's call."""
    callback = ana_books(cast)
    clock.move_to(AT_ELEVEN - timedelta(minutes=10))
    bring_up_the_near(0)
    callback.refresh_from_db()
    callback.show_card(to=cast.dora)
    callback.accept(by=cast.dora)
    return callback


def call_again(cast, clock, callback) -> None:
    """The next try, at its time."""
    callback.refresh_from_db()
    clock.move_to(callback.slot_at)
    bring_up_the_near(0)
    callback.refresh_from_db()
    callback.show_card(to=cast.dora)
    callback.accept(by=cast.dora)


def test_ac_priv_6_today_in_45_minutes_at_the_earliest_and_within_open_hours(cast):
    free = Callback.objects.free(cast.northlight)
    assert free[0] == AT_ELEVEN
    (today, times), *_rest = by_day(free, "Europe/Berlin")
    assert today == MONDAY.date()
    assert times[-1].strftime("%H:%M") == "16:45"  # the last slot ends when the desk closes
    with pytest.raises(SlotTaken):
        ana_books(cast, AT_ELEVEN - timedelta(minutes=15))


def test_ac_priv_6_the_times_are_shown_in_the_customers_own_zone(cast):
    (_today, times), *_rest = by_day(Callback.objects.free(cast.northlight), "America/New_York")
    assert times[0].strftime("%H:%M") == "05:00"


def test_ac_priv_6_two_who_want_the_last_room_one_gets_it_and_the_other_alternatives(cast, settings):
    settings.CALLBACKS_AT_A_TIME = 1
    ana_books(cast)
    with pytest.raises(SlotTaken) as taken:
        Callback.objects.book(writes(cast, cast.ben), AT_ELEVEN, phone=PHONE, by=cast.ben)
    assert taken.value.status == 409
    assert taken.value.free[0] == AT_ELEVEN + timedelta(minutes=15)
    assert Callback.objects.count() == 1


def test_a_slot_has_as_much_room_as_is_set(cast):
    for person in (cast.ana, cast.ben):
        Callback.objects.book(writes(cast, person), AT_ELEVEN, phone=PHONE, by=person)
    assert AT_ELEVEN not in Callback.objects.free(cast.northlight)


def test_ac_priv_6_the_confirmation_brings_a_calendar_file_and_the_links(cast):
    callback = ana_books(cast)
    work()
    letter = mail.outbox[-1]
    assert "Monday, 23 November, 11:00 (Europe/Berlin)" in letter.body or "11:00 (Europe/Berlin)" in letter.body
    assert f"/requests/calls/{callback.token}/" in letter.body
    name, event, kind = letter.attachments[0]
    assert (name, kind) == ("call.ics", "text/calendar")
    for line in ("BEGIN:VEVENT", "DTSTART:20261123T100000Z", "DTEND:20261123T101500Z", "SEQUENCE:0"):
        assert line in event
    assert "silent" not in event  # calendars are shared: nothing of the matter
    callback.move(AT_ELEVEN + timedelta(hours=1), by=cast.ana)
    callback.cancel(by=cast.ana)
    work()
    moved, cancelled = mail.outbox[-2].attachments[0][1], mail.outbox[-1].attachments[0][1]
    assert "SEQUENCE:1" in moved
    assert "DTSTART:20261123T110000Z" in moved
    assert "METHOD:CANCEL" in cancelled
    assert "SEQUENCE:2" in cancelled


def test_half_an_hour_before_the_customer_is_reminded_once_and_anew_when_it_was_moved(cast, clock):
    callback = ana_books(cast)
    work()
    mail.outbox.clear()
    for minutes, letters in ((31, 0), (30, 1), (29, 1)):
        clock.move_to(AT_ELEVEN - timedelta(minutes=minutes))
        remind_customers(0)
        work()
        assert len(mail.outbox) == letters, minutes
    assert "In half an hour we call you" in mail.outbox[0].body
    assert f"/requests/calls/{callback.token}/" in mail.outbox[0].body
    assert mail.outbox[0].to == [cast.ana.email]
    callback.refresh_from_db()
    callback.move(AT_ELEVEN + timedelta(hours=1), by=cast.ana)
    clock.move_to(AT_ELEVEN + timedelta(minutes=30))
    remind_customers(0)
    work()
    assert len([letter for letter in mail.outbox if "In half an hour" in letter.body]) == 2


def test_ac_priv_6_ten_minutes_before_the_card_comes_up(cast, clock):
    callback = ana_books(cast)
    clock.move_to(AT_ELEVEN - timedelta(minutes=10, seconds=1))
    bring_up_the_near(0)
    callback.refresh_from_db()
    assert callback.reminded_at is None
    clock.shift(timedelta(seconds=1))
    bring_up_the_near(0)
    callback.refresh_from_db()
    assert callback.reminded_at == AT_ELEVEN - timedelta(minutes=10)
    assert "call" in Item.objects.get(pk=callback.conversation.item_id).signals


def test_ac_priv_6_accepting_is_possible_once_the_card_was_shown(cast, clock):
    callback = ana_books(cast)
    callback.show_card(to=cast.dora)
    with pytest.raises(Refusal) as early:
        callback.accept(by=cast.dora)
    assert early.value.code == "early"
    clock.move_to(AT_ELEVEN - timedelta(minutes=10))
    bring_up_the_near(0)
    callback.refresh_from_db()
    with pytest.raises(Refusal) as unread:
        callback.accept(by=cast.emil)
    assert unread.value.code == "no_card"
    callback.accept(by=cast.dora)
    assert callback.open_call.agent == cast.dora
    assert Event.objects.filter(verb="contact.seen", actor=cast.dora).count() == 1


def test_ac_priv_6_an_outcome_is_required(cast, clock):
    callback = in_the_call(cast, clock)
    with pytest.raises(Refusal) as missing:
        callback.finish("", by=cast.dora)
    assert (missing.value.status, missing.value.code) == (422, "outcome_missing")
    other = Callback.objects.book(
        writes(cast, cast.ben), Callback.objects.free(cast.northlight)[0], phone=PHONE, by=cast.ben
    )
    clock.move_to(other.slot_at)
    bring_up_the_near(0)
    other.refresh_from_db()
    other.show_card(to=cast.dora)
    with pytest.raises(Refusal) as first:
        other.accept(by=cast.dora)
    assert first.value.code == "outcome_missing"


def test_reached_ends_it_and_stands_in_the_conversation(cast, clock):
    callback = in_the_call(cast, clock)
    callback.finish("reached", by=cast.dora, note="sends a new pair")
    callback.refresh_from_db()
    assert callback.state == "done"
    assert callback.conversation.messages.last().words == "Dora, Bluetooth called, and we talked."
    assert "call" not in Item.objects.get(pk=callback.conversation.item_id).signals


def test_ac_priv_6_no_answer_is_tried_twice_more_and_then_a_new_slot_is_offered(cast, clock):
    callback = in_the_call(cast, clock)
    for retry in (1, 2):
        callback.finish("no_answer", by=cast.dora)
        callback.refresh_from_db()
        assert (callback.state, callback.retries_left) == ("booked", 3 - retry)
        call_again(cast, clock, callback)
    work()
    sent = len(mail.outbox)
    callback.finish("no_answer", by=cast.dora)
    callback.refresh_from_db()
    assert callback.state == "missed"
    work()
    offers = [letter for letter in mail.outbox[sent:] if f"/requests/calls/{callback.token}/" in letter.body]
    assert len(offers) == 1
    slot = Callback.objects.free(cast.northlight)[0]
    callback.move(slot, by=cast.ana)
    assert (callback.state, callback.retries_left) == ("booked", 3)


def test_a_wrong_number_is_not_called_again(cast, clock):
    callback = in_the_call(cast, clock)
    callback.finish("wrong_number", by=cast.dora)
    callback.refresh_from_db()
    assert callback.state == "missed"


def test_the_identity_is_proved_by_a_code_and_only_the_result_is_kept(cast, clock):
    callback = in_the_call(cast, clock)
    check = IdentityCheck.objects.begin(callback, by=cast.dora)
    work()
    code = re.search(r"^(\d{6})$", mail.outbox[-1].body, re.MULTILINE)[1]
    wrong = "000000" if code != "000000" else "111111"
    assert not check.enter(wrong, by=cast.dora)
    assert check.enter(code, by=cast.dora)
    check.refresh_from_db()
    assert check.passed_at is not None
    assert check.digest == ""
    assert code not in str(list(Event.objects.values_list("details", flat=True)))
    assert callback.conversation.messages.last().step == "identified"


def test_ac_priv_6_three_wrong_codes_lock_it_for_15_minutes_whoever_asks(cast, clock):
    callback = in_the_call(cast, clock)
    check = IdentityCheck.objects.begin(callback, by=cast.dora)
    for _try in range(3):
        assert not check.enter("abcdef", by=cast.dora)
    with pytest.raises(Refusal) as refusal:
        check.enter("abcdef", by=cast.dora)
    assert refusal.value.code == "expired"
    for minutes, is_locked in ((0, True), (14.9, True), (0.2, False)):
        clock.shift(timedelta(minutes=minutes))
        if not is_locked:
            assert IdentityCheck.objects.begin(callback, by=cast.dora).is_open
            continue
        with pytest.raises(Refusal) as locked:
            IdentityCheck.objects.begin(callback, by=cast.dora)
        assert locked.value.code == "locked"
        assert "Until 11:05" in str(locked.value)


def test_the_number_is_masked_for_everybody_who_does_not_make_the_call(cast):
    ana_books(cast)
    assert cast.ana.contact_for(cast.dora).phone == "+49•••20"
    assert cast.ana.contact_for(cast.gil, purpose="curious").phone == "+49•••20"
    assert cast.ana.contact_for(cast.dora, purpose="callback").phone == "+4930901820"


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("+4930901820", "+49 30 901820"),
        ("+14155552671", "+1 415-555-2671"),
        ("112233", "112233"),
        ("+49•••20", "+49•••20"),
    ],
)
def test_a_number_is_shown_in_groups_as_its_country_reads_it(number, read):
    assert grouped_phone(number) == read


def test_no_call_is_booked_about_a_closed_matter(cast):
    conversation = writes(cast)
    conversation.close(by=cast.ana)
    with pytest.raises(Refusal) as refusal:
        Callback.objects.book(conversation, AT_ELEVEN, phone=PHONE, by=cast.ana)
    assert (refusal.value.status, refusal.value.code) == (409, "closed")
    conversation.reopen(by=cast.ana)
    assert Callback.objects.book(conversation, AT_ELEVEN, phone=PHONE, by=cast.ana).state == "booked"


def test_a_number_that_nobody_can_call_is_refused(cast):
    with pytest.raises(Refusal) as refusal:
        Callback.objects.book(writes(cast), AT_ELEVEN, phone="call me", by=cast.ana)
    assert refusal.value.status == 422
