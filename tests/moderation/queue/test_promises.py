"""AC-AGENT-6: promises run in the desk's open hours, pause while the customer has the word, and are kept."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from community.events.models import Event
from community.events.verbs import Verb
from community.people.hours import WorkingHours
from community.refusals import Refusal
from moderation.queue.models import Calendar, Item, Promise
from moderation.queue.tasks import warn_of_the_due
from tests.scenes import one_line

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 6, 16, 40, tzinfo=BERLIN)
TWO_HOURS = timedelta(hours=2)


def at(day, hour, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


@pytest.fixture
def office(cast):
    """Monday to Friday, nine to five, in Berlin; two working hours are promised."""
    calendar = Calendar(zone="Europe/Berlin")
    calendar.keep(by=cast.fay, holidays=[])
    Promise.objects.make("question", by=cast.fay, respond_minutes=120, resolve_minutes=480)
    return calendar


def open_item(cast, since):
    return Item.objects.open(
        kind="question", title="Hum", customer=cast.ana, product=cast.beam2, by=None, waiting_since=since
    )


def test_ac_agent_6_friday_16_40_and_two_hours_is_monday_10_40(cast, office):
    assert open_item(cast, FRIDAY).respond_by == at(9, 10, 40)


def test_ac_agent_6_with_monday_a_holiday_it_is_tuesday_10_40(cast, office):
    office.keep(by=cast.fay, holidays=[(date(2026, 11, 9), "Staff outing")])
    assert open_item(cast, FRIDAY).respond_by == at(10, 10, 40)


def test_ac_agent_6_a_weekend_on_which_the_clocks_change_changes_nothing(office):
    hours = office.hours
    assert hours.after(at(23, 16, 40, month=10), TWO_HOURS) == at(26, 10, 40, month=10)  # 25 October has 25 hours
    assert hours.between(at(23, 16, 40, month=10), at(26, 10, 40, month=10)) == TWO_HOURS


def test_ac_agent_6_the_settling_pauses_and_goes_on_to_the_second(cast, office):
    with time_machine.travel(at(4, 10), tick=False):
        item = open_item(cast, at(4, 10))
    assert item.resolve_by == at(5, 10)  # eight working hours
    with time_machine.travel(at(4, 11, 30) + timedelta(seconds=17), tick=False):
        item.watch(by=cast.dora)
    item.refresh_from_db()
    assert (item.resolve_by, item.resolve_left) == (None, timedelta(hours=6, minutes=29, seconds=43))
    with time_machine.travel(at(6, 12) + timedelta(seconds=5), tick=False):
        item.reopen(by=cast.ana, since=at(6, 12) + timedelta(seconds=5))
    item.refresh_from_db()
    assert item.resolve_by == at(9, 10, 29) + timedelta(seconds=48)
    assert item.respond_by == at(4, 12)  # the first promise stays as it was given, for the report


def test_ac_agent_6_what_comes_back_after_its_end_is_promised_anew(cast, office):
    item = open_item(cast, at(4, 10))
    item.close(by=cast.dora)
    with time_machine.travel(at(11, 10), tick=False):
        item.reopen(by=cast.ana)
    item.refresh_from_db()
    assert (item.respond_by, item.responded_at) == (at(11, 12), None)


def test_ac_agent_6_the_desk_is_warned_once_at_four_fifths(cast, office):
    item = open_item(cast, at(4, 10))
    assert item.warn_at == at(4, 11, 36)
    with time_machine.travel(at(4, 11, 35)):
        warn_of_the_due(timestamp=0)
        assert (item.lateness, Event.objects.filter(verb=Verb.ITEM_DUE_SOON).count()) == ("", 0)
    with time_machine.travel(at(4, 11, 37)):
        warn_of_the_due(timestamp=0)
        warn_of_the_due(timestamp=60)
        assert (item.lateness, Event.objects.filter(verb=Verb.ITEM_DUE_SOON).count()) == ("soon", 1)
    with time_machine.travel(at(4, 12, 1)):
        assert item.lateness == "late"


def test_ac_agent_6_new_hours_leave_the_due_time_that_was_given_and_the_desk_says_it(client, cast, office):
    item = open_item(cast, FRIDAY)
    office.week = [["10:00-12:00"]] * 5 + [[], []]
    office.keep(by=cast.fay, holidays=[])
    item.refresh_from_db()
    assert item.respond_by == at(9, 10, 40)
    client.force_login(cast.dora)
    with time_machine.travel(FRIDAY + timedelta(minutes=1), tick=False):
        assert "to be answered by Mon 9 Nov 10:40" in one_line(client.get(f"/desk/items/{item.pk}/"))


def test_without_a_calendar_the_clock_runs_through(cast):
    since = datetime(2026, 11, 7, 23, tzinfo=UTC)
    assert open_item(cast, since).respond_by == since + TWO_HOURS
    assert WorkingHours.always().between(since, since + timedelta(days=3)) == timedelta(days=3)


def test_a_brand_has_hours_of_its_own(cast, office):
    Calendar(brand=cast.kettle, zone="America/New_York").keep(by=cast.fay, holidays=[])
    assert Calendar.objects.hours_for(cast.kettle).zone == "America/New_York"
    assert Calendar.objects.hours_for(cast.northlight).zone == "Europe/Berlin"


@pytest.mark.parametrize(
    "week", [[["9-17"]] * 7, [["17:00-09:00"]] * 7, [["09:00-12:00", "11:00-13:00"]] * 7, [[]] * 6]
)
def test_hours_that_make_no_sense_are_refused(cast, week):
    with pytest.raises(ValidationError):
        Calendar(zone="UTC", week=week).keep(by=cast.fay, holidays=[])


def test_agents_do_not_set_hours(cast):
    with pytest.raises(Refusal):
        Calendar(zone="UTC").keep(by=cast.dora, holidays=[])
