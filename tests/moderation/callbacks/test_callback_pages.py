"""The pages of booked calls over HTTP, on both sides, without a script."""

from datetime import time, timedelta

import pytest
import time_machine

from community.notifications.models import EmailDelivery
from forums.threads.replying import answer
from moderation.callbacks.models import Callback
from moderation.callbacks.tasks import bring_up_the_near
from tests.community.notifications.days import mails_to, paced, turn
from tests.moderation.callbacks.scenes import AT_ELEVEN, MONDAY, PHONE, ana_books, office_hours, writes
from tests.scenes import ana_asks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(MONDAY, tick=False) as clock:
        office_hours()
        yield clock


def test_ana_books_moves_and_cancels(client, cast):
    client.force_login(cast.ana)
    conversation = writes(cast)
    page = client.get(f"/requests/{conversation.token}/call/").content.decode()
    assert AT_ELEVEN.isoformat() in page
    assert (AT_ELEVEN - timedelta(minutes=15)).isoformat() not in page
    form = {"slot": AT_ELEVEN.isoformat(), "phone": PHONE}
    answered = client.post(f"/requests/{conversation.token}/call/", form)
    callback = Callback.objects.get()
    assert answered.url == callback.get_absolute_url()
    assert "11:00 (Europe/Berlin)" in client.get(answered.url).content.decode()
    event = client.get(f"{answered.url}call.ics")
    assert event["Content-Type"].startswith("text/calendar")
    later = AT_ELEVEN + timedelta(hours=2)
    assert client.post(f"{answered.url}move/", {"slot": later.isoformat()}).status_code == 302
    callback.refresh_from_db()
    assert callback.slot_at == later
    client.post(f"{answered.url}cancel/")
    callback.refresh_from_db()
    assert callback.state == "cancelled"


def test_ac_priv_6_who_is_second_gets_409_with_alternatives(client, cast, settings):
    settings.CALLBACKS_AT_A_TIME = 1
    ana_books(cast)
    client.force_login(cast.ben)
    conversation = writes(cast, cast.ben)
    form = {"slot": AT_ELEVEN.isoformat(), "phone": PHONE}
    answered = client.post(f"/requests/{conversation.token}/call/", form)
    page = answered.content.decode()
    assert answered.status_code == 409
    assert "This time has just been taken." in page
    assert AT_ELEVEN.isoformat() not in page
    assert (AT_ELEVEN + timedelta(minutes=15)).isoformat() in page
    assert f'value="{PHONE}"' in page


@pytest.mark.parametrize("slot", ["", "soon", "2026-11-23T11:00", "2026-13-40T11:00:00+01:00"])
def test_nonsense_is_refused_in_a_sentence(client, cast, slot):
    client.force_login(cast.ana)
    answered = client.post(f"/requests/{writes(cast).token}/call/", {"slot": slot, "phone": PHONE})
    assert answered.status_code == 422
    assert "Choose one of the times." in answered.content.decode()


def test_a_closed_matter_offers_no_times_but_a_way_back(client, cast):
    conversation = writes(cast)
    conversation.close(by=cast.ana)
    client.force_login(cast.ana)
    address = f"/requests/{conversation.token}/call/"
    page = client.get(address).content.decode()
    assert "This matter is closed." in page
    assert 'name="slot"' not in page
    assert client.post(address, {"slot": AT_ELEVEN.isoformat(), "phone": PHONE}).status_code == 409
    client.post(f"/requests/{conversation.token}/reopen/")
    assert 'name="slot"' in client.get(address).content.decode()


def test_the_zone_can_be_chosen(client, cast):
    client.force_login(cast.ana)
    page = client.get(f"/requests/{writes(cast).token}/call/?zone=America/New_York").content.decode()
    assert ">05:00<" in page


def test_dora_reads_the_card_calls_and_says_how_it_went(client, cast, clock):
    callback = ana_books(cast)
    clock.move_to(AT_ELEVEN - timedelta(minutes=10))
    bring_up_the_near(0)
    client.force_login(cast.dora)
    assert "An exchange" in client.get("/desk/calls/near/").content.decode()
    address = f"/desk/calls/{callback.pk}/"
    before = client.get(address).content.decode()
    assert 'data-testid="accept"' not in before
    assert "901820" not in before
    assert client.post(f"{address}accept/").status_code == 409
    card = client.post(f"{address}card/").content.decode()
    assert "The left side is silent." in card
    assert 'data-testid="accept"' in card
    assert client.post(f"{address}accept/").status_code == 302
    assert "+49 30 901820" in client.get(address).content.decode()
    assert client.post(f"{address}finish/", {}).status_code == 422
    assert client.post(f"{address}finish/", {"outcome": "reached", "note": "new pair"}).status_code == 302
    page = client.get("/desk/calls/").content.decode()
    assert "Reached" in page
    assert "new pair" in page


@pytest.mark.parametrize("name", ["ben", "gil"])
def test_strangers_and_other_brands_find_nothing(client, cast, name):
    callback = ana_books(cast)
    client.force_login(getattr(cast, name))
    assert client.get(callback.get_absolute_url()).status_code == 404
    assert client.post(f"{callback.get_absolute_url()}cancel/").status_code == 404
    assert client.get(f"/desk/calls/{callback.pk}/").status_code == 404
    assert client.get(f"{callback.get_absolute_url()}call.ics").status_code == 404


def test_ac_note_6_what_is_said_of_a_call_today_waits_for_no_quiet_hours(client, cast, mailoutbox):
    """Ana works at night and is left alone by day: an answer waits until six, the word of her call does not."""
    paced(cast.ana, quiet_from=time(8), quiet_until=time(18))
    answer(ana_asks(cast).thread, by=cast.ben, source="Have you tried to turn LE Audio off in the app?")
    client.force_login(cast.ana)
    form = {"slot": AT_ELEVEN.isoformat(), "phone": PHONE}
    assert client.post(f"/requests/{writes(cast).token}/call/", form).status_code == 302
    turn()
    booked = EmailDelivery.objects.get(key=f"call-{Callback.objects.get().pk}-0")
    assert (booked.sent_at, booked.recipient) == (MONDAY, cast.ana.email)
    assert [letter.to for letter in mailoutbox if letter.attachments] == [[cast.ana.email]]
    assert mails_to(cast.ana, kind="answer") == []
    with time_machine.travel(MONDAY.replace(hour=18, minute=0), tick=False):
        turn()
        assert len(mails_to(cast.ana, kind="answer")) == 1
