"""AC-NOTE-6: normal mails wait until eight in the morning of the reader's own clock, urgent ones do not."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from community.notifications.models import EmailDelivery
from community.notifications.pacing import pace_of
from community.people.models import Person
from forums.threads.replying import answer
from tests.cast import Cast
from tests.community.notifications.days import at, mails_to, moment, paced, pass_hours
from tests.scenes import ana_asks

pytestmark = pytest.mark.django_db
NIGHT = {"quiet_from": time(22), "quiet_until": time(8)}


def answered_at(cast: Cast, when) -> None:
    with moment(when - timedelta(hours=1)):
        question = ana_asks(cast)
    with moment(when):
        answer(question.thread, by=cast.ben, source="Have you tried to turn LE Audio off in the app?")


@pytest.mark.parametrize(
    ("zone", "evening", "morning", "hours"),
    [
        ("Europe/Berlin", "2026-11-16", "2026-11-17", 9),
        ("America/Los_Angeles", "2026-11-16", "2026-11-17", 9),
        ("Europe/Berlin", "2026-10-24", "2026-10-25", 10),  # the clocks go back: the night is an hour longer
        ("Europe/Berlin", "2027-03-27", "2027-03-28", 8),  # and forward: an hour shorter
    ],
)
def test_ac_note_6_a_normal_mail_waits_until_eight_in_anas_zone(cast: Cast, zone, evening, morning, hours):
    ana = cast.ana
    Person.objects.filter(pk=ana.pk).update(time_zone=zone)
    ana.refresh_from_db()
    paced(ana, **NIGHT)
    begin, end = at(evening, "23:00", ZoneInfo(zone)), at(morning, "08:00", ZoneInfo(zone))
    assert end.timestamp() - begin.timestamp() == hours * 3600
    answered_at(cast, begin)
    pass_hours(begin, end - timedelta(minutes=1), timedelta(minutes=47))
    assert mails_to(ana) == []
    pass_hours(end, end)
    [mail] = mails_to(ana)
    assert mail.created_at == end
    assert ana.notifications.count() == 1  # on the site it was there all night


def test_ac_note_6_a_sign_in_code_goes_at_once_in_the_middle_of_the_night(cast: Cast, client, mailoutbox):
    paced(cast.confirm(cast.ana), **NIGHT)
    with moment(at("2026-11-16", "03:00")):
        client.post(reverse("account_request_login_code"), {"email": cast.ana.email})
    assert [mail.to for mail in mailoutbox] == [[cast.ana.email]]
    assert EmailDelivery.objects.get().sent_at == at("2026-11-16", "03:00")


def test_who_has_not_chosen_is_left_alone_from_ten_to_eight(cast: Cast, settings):
    settings.QUIET_HOURS = "22:00-08:00"
    answered_at(cast, at("2026-11-16", "22:30"))
    assert mails_to(cast.ana) == []
    pass_hours(at("2026-11-17", "08:00"), at("2026-11-17", "08:00"))
    assert len(mails_to(cast.ana)) == 1


def test_quiet_hours_by_day_and_none_at_all(cast: Cast):
    shift = pace_of(cast.ana, paced(cast.ana, quiet_from=time(9), quiet_until=time(17)))
    assert shift.end_of_quiet(at("2026-11-16", "12:00")) == at("2026-11-16", "17:00")
    assert shift.end_of_quiet(at("2026-11-16", "17:00")) is None
    assert pace_of(cast.ana, paced(cast.ana)).end_of_quiet(at("2026-11-16", "03:00")) is None


def test_a_zone_that_this_machine_does_not_know_is_the_sites(cast: Cast):
    cast.ana.time_zone = "Mars/Olympus"
    assert str(pace_of(cast.ana).zone) == "Europe/Berlin"
