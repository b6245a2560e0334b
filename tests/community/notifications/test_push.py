"""Notifications on devices, from the switch in the settings to what the browser can read, over a fake push service."""

import json
import socket
from datetime import time, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse

from community.notifications import push_wire, pushing
from community.notifications.models import Device, Notification, Push
from community.notifications.notifying import notify
from community.notifications.push_keys import from64
from community.notifications.pushing import send_due_pushes
from community.notifications.watched import set_level
from forums.threads.models import Post
from forums.threads.replying import answer
from tests.cast import Cast
from tests.community.notifications.days import asks, at, moment, paced
from tests.community.notifications.push_service import FakeBrowser
from tests.jobs import work
from tests.scenes import ana_asks

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = "2026-11-16", "2026-11-17"


def told(person, number: int = 1, kind: str = "answer") -> Notification:
    notify(person, kind, url="/accessibility/", text=f"Something happened, number {number}")
    work()
    return Notification.objects.filter(person=person).latest("pk")


def passes(when) -> None:
    """The worker's minute."""
    with moment(when):
        send_due_pushes(0)


def test_an_answer_reaches_the_phone_sealed_and_says_where_to_look(cast: Cast, service, anas_phone, client):
    with moment(at(MONDAY, "09:00")):
        question = ana_asks(cast)
        answer(question.thread, by=cast.ben, source="Have you tried to turn LE Audio off in the app?")
    [shown] = service.shown
    assert (shown["title"], shown["urgency"]) == ("Northlight Community", "normal")
    assert shown["body"].startswith("ben (champion) answered your question")
    assert "LE Audio" not in shown["body"]  # never the words of a post
    assert shown["url"].startswith(question.get_absolute_url())
    assert Push.objects.get().state == Push.State.SENT
    page = client.get(reverse("community:settings-notifications")).content.decode()
    assert "Firefox, Android" in page
    assert "On my devices: New answers in threads you follow" in page


def test_what_we_seal_is_what_the_standard_says():
    """The example of RFC 8291, section 5: our browser opens it, and what we seal for it, it opens."""
    private = int.from_bytes(from64("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), "big")
    browser = FakeBrowser("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV")
    browser.private = ec.derive_private_key(private, ec.SECP256R1())
    browser.secret = from64("BTBZMqHH6r4Tts7J_aSIgg")
    message = from64(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    assert browser.open(message) == b"When I grow up, I want to be a watermelon"
    ours = push_wire.sealed_for(Device(**browser.fields), {"body": "Wächst"})
    assert json.loads(browser.open(ours)) == {"body": "Wächst"}
    assert ours != push_wire.sealed_for(Device(**browser.fields), {"body": "Wächst"})


def test_quiet_hours_hold_for_devices_and_what_concerns_the_account_does_not_wait(cast: Cast, service, anas_phone):
    paced(cast.ana, quiet_from=time(22), quiet_until=time(8))
    with moment(at(MONDAY, "23:00")):
        told(cast.ana, 1)
    passes(at(TUESDAY, "07:59"))
    assert service.shown == []
    with moment(at(TUESDAY, "03:00")):
        told(cast.ana, 2, kind="security")
    assert [(shown["body"][-1], shown["urgency"]) for shown in service.shown] == [("2", "high")]
    passes(at(TUESDAY, "08:01"))
    assert [shown["body"][-1] for shown in service.shown] == ["2", "1"]


def test_what_was_read_or_hidden_during_the_night_is_not_shown_in_the_morning(cast: Cast, service, anas_phone, client):
    paced(cast.ana, quiet_from=time(22), quiet_until=time(8))
    with moment(at(MONDAY, "12:00")):
        question, other = ana_asks(cast), ana_asks(cast, title="The left earbud is much quieter than the right")
    with moment(at(MONDAY, "23:00")):
        answer(question.thread, by=cast.ben, source="Have you tried to turn LE Audio off in the app?")
        gone = answer(other.thread, by=cast.ben, source="Have you cleaned the little net in front of it?")
    with moment(at(MONDAY, "23:30")):
        client.force_login(cast.ana)
        client.get(question.get_absolute_url())
        Post.objects.get(pk=gone.pk).hide(by=cast.hana, reason="Advertisement")
    passes(at(TUESDAY, "08:01"))
    assert service.tries == 0
    assert set(Push.objects.values_list("state", flat=True)) == {"needless"}


def test_news_of_one_thread_are_one_message_with_a_number_not_one_each(cast: Cast, service, anas_phone, settings):
    settings.MAIL_BUNDLE_MINUTES = 10
    with moment(at(MONDAY, "09:00")):
        question = ana_asks(cast)
    for number in range(4):
        with moment(at(MONDAY, "10:00") + number * timedelta(minutes=1)):
            answer(question.thread, by=cast.person(f"helper{number}"), source=f"Have you tried hint number {number}?")
    assert len(service.shown) == 1
    passes(at(MONDAY, "10:11"))
    first, second = service.shown
    assert second["body"].endswith("(and 3 more)")
    assert first["topic"] == second["topic"]
    assert first["tag"] == second["tag"]  # the second takes the place of the first
    assert len(service.waiting) == 1


def test_what_a_new_member_wrote_waits_as_mails_do_and_spam_never_shows(cast: Cast, service, anas_phone, settings):
    settings.NEW_MEMBER_MAIL_WAIT = 120
    with moment(at(MONDAY, "09:00")):
        question = ana_asks(cast)
        known = cast.person("known", level=2)
    with moment(at(MONDAY, "10:00")):
        answer(question.thread, by=cast.person("new", level=0), source="Have you tried another phone beside it?")
        spam = answer(question.thread, by=cast.person("pest", level=0), source="My cousin sells the best earbuds.")
    assert service.tries == 0
    passes(at(MONDAY, "10:01"))
    Post.objects.get(pk=spam.pk).hide(by=cast.hana, reason="Advertisement")
    passes(at(MONDAY, "10:03"))
    [shown] = service.shown
    assert shown["body"].startswith("new answered")
    with moment(at(MONDAY, "12:00")):
        answer(question.thread, by=known, source="Have you tried to turn LE Audio off in the app?")
    assert len(service.shown) == 2


def test_sixty_a_day_stop_at_the_number_and_the_last_one_says_so(cast: Cast, service, anas_phone, client):
    paced(cast.ana, push_cap=5)
    set_level(cast.ana, f"product:{cast.beam2.pk}", "watch")
    with moment(at(MONDAY, "08:00")):
        own = ana_asks(cast)
    for number in range(20):
        with moment(at(MONDAY, "09:00") + number * timedelta(minutes=10)):
            asks(cast, number)
    assert len(service.shown) == 5
    assert service.shown[-1]["body"] == "There is more that is new for you. Nothing else is shown here today."
    assert service.shown[-1]["url"] == reverse("community:notification-list")
    with moment(at(MONDAY, "14:00")):
        own.ask_back("Which phone is it, please?", by=cast.dora)
    assert len(service.shown) == 6  # her own case is not counted
    with moment(at(TUESDAY, "09:00")):
        asks(cast, 21)
    assert len(service.shown) == 7


def test_what_is_tracked_muted_or_turned_off_stays_away_from_devices(cast: Cast, service, anas_phone, client):
    set_level(cast.ana, f"product:{cast.beam2.pk}", "track")
    set_level(cast.ana, f"person:{cast.chris.pk}", "mute")
    with moment(at(MONDAY, "09:00")):
        asks(cast, 1)
        question = ana_asks(cast)
        answer(question.thread, by=cast.chris, source="It helped me to pair it again, after a reset.")
    assert service.tries == 0
    fields = {"daily_cap": 5, "push_cap": 5, "digest": "daily", "digest_at": "18:00", "tray-answer": "on"}
    client.force_login(cast.ana)
    assert client.post(reverse("community:settings-notifications"), fields).status_code == 302
    with moment(at(MONDAY, "10:00")):
        answer(question.thread, by=cast.ben, source="Have you tried to turn LE Audio off in the app?")
    assert Notification.objects.filter(person=cast.ana, kind="answer").exists()
    assert service.tries == 0


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(cast: Cast, service, anas_phone, status):
    service.faults.append(status)
    told(cast.ana)
    assert not Device.objects.exists()
    told(cast.ana, 2)
    assert service.tries == 1


@pytest.mark.parametrize("fault", [500, 503, "hang", "cut", (429, "120")])
def test_a_push_service_that_stumbles_gets_it_later_and_once(cast: Cast, service, anas_phone, fault, monkeypatch):
    monkeypatch.setattr(push_wire, "TIMEOUT", 0.3)
    service.faults.append(fault)
    with moment(at(MONDAY, "09:00")):
        told(cast.ana)
    assert service.shown == []
    [push] = Push.objects.all()
    assert push.error
    wait = 120 if isinstance(fault, tuple) else 30
    assert push.due_at == at(MONDAY, "09:00") + timedelta(seconds=wait)
    passes(push.due_at + pushing.OWN_JOB)
    passes(at(MONDAY, "11:00"))
    assert len(service.shown) == 1


def test_a_message_that_is_never_taken_is_given_up_and_a_refused_one_at_once(cast: Cast, service, anas_phone):
    service.faults.extend([500] * 10 + [413])
    with moment(at(MONDAY, "09:00")):
        told(cast.ana)
    for hours in range(1, 13):
        passes(at(MONDAY, "09:00") + timedelta(hours=hours))
    assert (service.tries, Push.objects.get().state) == (10, Push.State.FAILED)
    with moment(at(TUESDAY, "22:00")):
        told(cast.ana, 2)
    assert Push.objects.latest("pk").state == Push.State.FAILED
    assert service.tries == 11


def test_a_worker_that_dies_while_handing_over_loses_nothing(cast: Cast, service, anas_phone):
    with moment(at(MONDAY, "09:00")):
        notify(cast.ana, "answer", url="/accessibility/", text="Something happened")
        push = Push.objects.get()
        assert pushing.take(push.pk)
        assert pushing.take(push.pk) is None  # another worker meanwhile
    passes(at(MONDAY, "09:03"))
    assert len(service.shown) == 1


def test_no_message_goes_to_an_address_inside_our_network(cast: Cast, service, anas_phone, settings, monkeypatch):
    settings.PUSH_MAY_REACH_INSIDE = False
    told(cast.ana)
    assert (service.tries, Device.objects.count()) == (0, 0)

    rebound = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: rebound)
    browser = FakeBrowser("https://push.example.net/abc")
    Device.objects.create(person=cast.ana, session_key="x", label="Firefox", **browser.fields)
    told(cast.ana, 2)
    assert not Device.objects.exists()


def test_after_a_month_nobody_keeps_what_went_to_devices(cast: Cast, service, anas_phone):
    with moment(at(MONDAY, "09:00")):
        told(cast.ana)
    with moment(at(MONDAY, "09:00") + timedelta(days=31)):
        pushing.forget_old_pushes(0)
    assert not Push.objects.exists()
    assert cast.ana.notifications.exists()
