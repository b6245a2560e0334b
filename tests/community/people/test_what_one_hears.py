"""The settings of what one hears of: each kind with its ways, the rhythm, and what last week would have been."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from community.notifications.models import Preference, Rhythm
from community.notifications.preferences import wish_for
from community.notifications.watched import set_level
from tests.cast import Cast
from tests.community.notifications.days import asks, at, mails_to, moment, paced, pass_hours
from tests.scenes import one_line

pytestmark = pytest.mark.django_db
PAGE, PREVIEW = "community:settings-notifications", "community:settings-notifications-preview"
MONDAY, FRIDAY = "2026-11-16", "2026-11-20"
FORM = {
    "tray-question": "on",
    "mail-question": "now",
    "tray-answer": "on",
    "mail-answer": "digest",
    "mail-comment": "never",
    "daily_cap": "5",
    "digest": "daily",
    "digest_at": "18:00",
    "is_quiet": "on",
    "quiet_from": "21:30",
    "quiet_until": "07:00",
}


@pytest.fixture
def last_monday(cast: Cast) -> Cast:
    """Sixty questions about Beam 2 on one day of last week."""
    cast.ana  # noqa: B018 - she was there
    for number in range(60):
        with moment(at(MONDAY, "08:00") + number * timedelta(minutes=9)):
            asks(cast, number)
    return cast


def preview(client, **changed) -> str:
    page = client.post(reverse(PREVIEW), FORM | changed, headers={"HX-Request": "true"})
    assert page.status_code == 200
    return one_line(page)


def test_ac_note_1_the_preview_says_about_five_mails_last_week(last_monday, client):
    cast = last_monday
    with moment(at(FRIDAY, "12:00")):
        client.force_login(cast.ana)
        assert "With these settings: no mail last week" in preview(client)
        set_level(cast.ana, f"product:{cast.beam2.pk}", "watch")
        assert "With these settings: about 5 mails last week, for 60 things that happened." in preview(client)
        assert "about 3 mails last week" in preview(client, daily_cap="3")
        assert "about 1 mail last week" in preview(client, **{"mail-question": "digest"})
        assert "no mail last week" in preview(client, **{"mail-question": "never"})
        assert "about 4 mails last week" in preview(client, digest="never", daily_cap="4")
        assert not Rhythm.objects.exists()  # looking saves nothing
        set_level(cast.ana, f"product:{cast.beam2.pk}", "track")
        assert "about 1 mail last week" in preview(client)
        set_level(cast.ana, f"product:{cast.beam2.pk}", "mute")
        assert "no mail last week" in preview(client)


def test_what_the_preview_says_is_what_had_come(cast: Cast, client):
    paced(cast.ana)
    set_level(cast.ana, f"product:{cast.beam2.pk}", "watch")
    for number in range(12):
        with moment(at(MONDAY, "08:00") + number * timedelta(minutes=50)):
            asks(cast, number)
    pass_hours(at(MONDAY, "18:00"), at(MONDAY, "20:00"))
    with moment(at(FRIDAY, "12:00")):
        client.force_login(cast.ana)
        assert f"about {len(mails_to(cast.ana))} mails last week" in one_line(client.get(reverse(PAGE)))


def test_without_javascript_the_preview_is_a_button_and_keeps_what_was_chosen(cast: Cast, client):
    client.force_login(cast.ana)
    page = client.post(reverse(PREVIEW), FORM | {"daily_cap": "3"})
    assert "With these settings: no mail last week" in one_line(page)
    assert 'value="3"' in page.content.decode()
    assert page.context["form"].wishes[0].by_mail == "now"
    assert client.get(reverse(PREVIEW)).status_code == 405


def test_what_is_chosen_is_kept(cast: Cast, client):
    client.force_login(cast.ana)
    assert client.post(reverse(PAGE), FORM | {"digest": "weekly"})["Location"] == reverse(PAGE)
    assert [wish_for(cast.ana, key).by_mail for key in ("question", "answer", "comment")] == ["now", "digest", "never"]
    assert not wish_for(cast.ana, "comment").tray
    chosen = Rhythm.objects.get(person=cast.ana)
    assert (chosen.daily_cap, chosen.digest, chosen.quiet_from) == (5, "weekly", time(21, 30))
    without_quiet = {name: value for name, value in FORM.items() if name != "is_quiet"}
    client.post(reverse(PAGE), without_quiet | {"digest": "never"})
    assert Rhythm.objects.get(person=cast.ana).quiet_from is None
    assert not Preference.objects.get(person=cast.ana, kind="digest").mail
    assert 'value="never" selected' in client.get(reverse(PAGE)).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"daily_cap": "0"}, {"daily_cap": "x"}, {"digest": "hourly"}, {"quiet_until": ""}, {"digest_at": "25:00"}]
)
def test_what_cannot_be_is_said_beside_its_field(cast: Cast, client, wrong):
    client.force_login(cast.ana)
    page = client.post(reverse(PAGE), FORM | wrong)
    assert page.status_code == 422
    assert "error" in page.content.decode()
    assert not Rhythm.objects.exists()
