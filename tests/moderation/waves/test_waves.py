"""Waves: seen within moments, stopped by a rule that gives reasons, judged and undone by a moderator."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from community.notifications.models import EmailDelivery, Notification
from community.notifications.rounds import write_due_mails
from community.people.arrivals import Arrival
from community.people.crisis import Crisis
from community.people.models import Person
from community.people.networks import network_of
from community.text.fingerprints import fingerprints
from forums.threads.models import Hiding, Post
from forums.threads.replying import answer
from moderation.decisions.models import Decision, LogEntry, StatementOfReasons
from moderation.flags.models import Case
from moderation.waves.judging import close_quiet_ones
from moderation.waves.models import Mark, Wave
from moderation.waves.sweeping import sweep
from moderation.waves.tasks import forget_traces, sweep_wave
from moderation.waves.watching import look_at_arrival
from tests.jobs import work
from tests.moderation.waves.conftest import PITCH


@pytest.fixture(autouse=True)
def small_waves(settings):
    settings.WAVE_POSTS = 5
    settings.WAVE_PEOPLE = 3
    settings.NEW_MEMBER_MAIL_WAIT = 120


@pytest.fixture
def wave(cast, pitch):
    """Five posts of five accounts: the alarm."""
    for who in range(5):
        pitch(who)
    work()
    return Wave.objects.get()


def test_ac_mod_3_twenty_five_sign_ups_from_one_network_in_five_minutes(client, cast, settings, rf):
    cast.hana  # noqa: B018 - she is told
    settings.ACCOUNT_RATE_LIMITS = False
    for n in range(24):
        client.post("/account/signup/", {"email": f"p{n}@example.org", "username": f"person{n}"})
        client.cookies.clear()
    work()
    assert Arrival.objects.count() == 24
    assert not Wave.objects.exists()
    client.post("/account/signup/", {"email": "p25@example.org", "username": "person25"})
    work()
    wave = Wave.objects.get()
    assert (wave.kind, wave.members.count()) == ("sign_ups", 25)
    assert wave.marks == [network_of(rf.get("/"))]
    crisis = Crisis.objects.in_force().get()
    assert (crisis.by, crisis.rule, crisis.holds_first_posts) == (None, "waves:sign_ups@1", True)
    assert crisis.until - crisis.started_at == pytest.approx(timedelta(hours=2), abs=timedelta(seconds=5))
    assert Notification.objects.filter(person=cast.hana, kind="team").count() == 1
    assert not Hiding.objects.exists(), "joining alone takes nothing from anybody"


def test_sign_ups_of_an_hour_are_no_wave(client, cast, settings, time_machine):
    settings.ACCOUNT_RATE_LIMITS = False
    time_machine.move_to(timezone.now(), tick=False)
    for n in range(26):
        client.post("/account/signup/", {"email": f"p{n}@example.org", "username": f"person{n}"})
        client.cookies.clear()
        time_machine.shift(timedelta(minutes=2))
    work()
    assert not Wave.objects.exists()


def test_ac_mod_3_twenty_five_sign_ups_from_as_many_networks_are_no_wave(cast):
    for n in range(25):
        person = cast.person(f"guest{n}")
        Arrival.objects.create(person=person, network=f"{n:032d}", device="")
        look_at_arrival(person)
    assert not Wave.objects.exists()


def test_a_wave_of_posts_goes_out_of_sight_with_reasons(cast, wave):
    assert wave.kind == "posts"
    assert wave.what == "cheap-cables.example"
    assert wave.members.count() == 5
    assert not Post.objects.filter(author__username__startswith="seller", is_hidden=False).exists()
    assert set(Hiding.objects.values_list("rule", flat=True)) == {"waves:posts@1"}
    decisions = Decision.objects.filter(batch=wave.batch)
    assert {(row.by, row.machine, row.is_made_by_machine) for row in decisions} == {(None, "waves:posts@1", True)}
    statement = StatementOfReasons.objects.get(person__username="seller0")
    assert "cheap-cables.example" in statement.facts
    assert statement.is_made_by_machine
    assert LogEntry.objects.filter(is_by_machine=True).count() == 5


def test_the_sweep_of_a_new_wave_begins_once_the_wave_is_written(cast, pitch, django_capture_on_commit_callbacks):
    for who in range(5):
        pitch(who)
    with django_capture_on_commit_callbacks() as committed, app.replace_connector(app.connector.get_worker_connector()):
        work()
        assert Wave.objects.exists()
        assert not ProcrastinateJob.objects.filter(task_name=sweep_wave.name).exists()
    for done in committed:
        done()
    work()
    assert not Post.objects.filter(author__username__startswith="seller", is_hidden=False).exists()


def test_what_comes_after_the_alarm_is_held_at_the_gate(cast, wave, pitch, question):
    late = pitch(5)
    assert late.is_hidden
    work()
    wave.refresh_from_db()
    assert (wave.posts, wave.members.count()) == (6, 6)
    honest = answer(question.thread, by=cast.ben, source="Beware of https://cheap-cables.example, it is a scam.")
    assert not honest.is_hidden, "members whom everybody knows are not concerned"
    work()
    assert not Post.objects.get(pk=honest.pk).is_hidden


def test_what_the_worker_has_not_come_to_yet_is_swept_too(cast, wave, pitch):
    Crisis.objects.get().end(by=cast.hana, reason="To see what the sweep does alone")
    late = pitch(5)
    assert not late.is_hidden
    assert not Mark.objects.filter(post=late).exists(), "its event still waits"
    assert sweep(wave) == 1
    assert Post.objects.get(pk=late.pk).is_hidden


def test_nobody_is_mailed_in_the_middle_of_a_wave(cast, wave, question, spammers, time_machine):
    decent = answer(question.thread, by=spammers[5], source="Have you tried another phone?", where="import")
    work()
    time_machine.move_to(timezone.now() + timedelta(minutes=3))
    write_due_mails(timestamp=0)
    work()
    assert not EmailDelivery.objects.filter(text__icontains="cable").exists(), "neither the words nor the reasons"
    mail = EmailDelivery.objects.get(person=cast.ana)
    assert decent.source in mail.text, "what is no spam is told of, two minutes later"


def test_the_reasons_are_mailed_when_it_is_over(wave, time_machine):
    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    assert close_quiet_ones() == 1
    wave.refresh_from_db()
    assert wave.state == "over"
    assert EmailDelivery.objects.filter(key__startswith="statement-").count() == 5


def test_a_false_alarm_brings_everything_back(client, cast, wave, pitch):
    client.force_login(cast.hana)
    assert pitch(5).is_hidden, "held at the gate"
    work()
    url = f"/desk/flags/waves/{wave.pk}/dismiss/"
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "A real campaign of our own"})
    work()
    wave.refresh_from_db()
    assert wave.state == "false_alarm"
    assert not Hiding.objects.exists()
    assert not Post.objects.filter(is_hidden=True).exists()
    assert not Case.objects.open().exists()
    assert not EmailDelivery.objects.filter(key__startswith="statement-").exists()


def test_ac_mod_4_confirming_marks_the_accounts_as_spam_and_can_be_undone(client, cast, wave):
    client.force_login(cast.hana)
    members = list(wave.members.values_list("person", flat=True))
    spared = Person.objects.get(pk=members[0])
    url = f"/desk/flags/waves/{wave.pk}/"
    assert client.get(url).content.decode().count('name="person"') == 5
    client.post(f"{url}confirm/", {"person": members[1:], "reason": "A shop, five times"})
    work()
    wave.refresh_from_db()
    assert wave.state == "confirmed"
    assert not spared.is_suspended
    assert not Post.objects.get(author=spared).is_hidden, "who was left out has the post back"
    out = Person.objects.filter(pk__in=members[1:])
    assert all(person.is_suspended for person in out)
    assert not Case.objects.open().filter(concerns__in=out).exists()
    assert StatementOfReasons.objects.filter(person__in=out, facts="A shop, five times").count() == 4
    client.post(f"{url}dismiss/", {"reason": "It was our own shop"})
    work()
    assert not any(Person.objects.get(pk=person.pk).is_suspended for person in out)
    assert not Post.objects.filter(author__in=out, is_hidden=True).exists()


def test_what_known_people_use_here_is_no_mark(cast, question, spammers):
    answer(question.thread, by=cast.ben, source="The cables of https://cheap-cables.example/deal1 are good.")
    work()
    assert Mark.objects.filter(is_known=True).exists()
    for who, person in enumerate(spammers):
        answer(question.thread, by=person, source=f"I bought mine at https://cheap-cables.example/{who}, number {who}.")
    work()
    assert not Wave.objects.exists()


def test_a_flood_of_different_posts_holds_first_posts_and_hides_nothing(cast, question, spammers, settings):
    settings.WAVE_FLOOD = 8
    words = ["Hi there.", "Which colour?", "Mine too!", "Any news?", "Pink?", "I see.", "Odd.", "No idea, sorry."]
    for n, said in enumerate(words):
        answer(question.thread, by=spammers[n % 6], source=said)
    work()
    wave = Wave.objects.get()
    assert wave.kind == "flood"
    assert not Hiding.objects.exists()
    assert Crisis.objects.in_force().get().rule == "waves:flood@1"


def test_the_machine_may_be_told_to_raise_alarms_only(cast, settings, pitch):
    settings.WAVES_START_CRISIS = False
    for who in range(5):
        pitch(who)
    work()
    assert Wave.objects.count() == 1
    assert not Crisis.objects.exists()


def test_marks_and_networks_are_forgotten(cast, wave, spammers, time_machine):
    Arrival.objects.create(person=spammers[0], network="n" * 32, device="d" * 32)
    assert Mark.objects.exists()
    time_machine.move_to(timezone.now() + timedelta(days=31))
    forget_traces(timestamp=0)
    assert not Mark.objects.exists()
    assert not Arrival.objects.exists()


def test_places_show_accounts_together_and_no_address(client, cast, spammers):
    for person in spammers:
        Arrival.objects.create(person=person, network="a1b2c3d4" * 4, device="f" * 32, domain="mass.example")
    client.force_login(cast.hana)
    page = client.get("/desk/flags/waves/").content.decode()
    assert page.count('data-testid="place"') == 3
    assert "a1b2c3d4" in page
    assert "127.0.0.1" not in page
    detail = client.get(f"/desk/flags/places/network/{'a1b2c3d4' * 4}/").content.decode()
    assert detail.count('data-testid="person"') == 6
    assert "@mass.example" not in detail
    assert client.get("/desk/flags/places/network/unknown/").status_code == 404
    assert client.get("/desk/flags/places/email/x/").status_code == 404


def test_the_overview_shows_alarms_and_today(client, cast, wave):
    client.force_login(cast.hana)
    page = client.get("/desk/flags/overview/").content.decode()
    assert 'data-testid="alarms"' in page
    assert "cheap-cables.example" in page


def test_only_moderators_of_everything_see_waves(client, cast, wave):
    for person in (cast.mallory, cast.emil):
        client.force_login(person)
        assert client.get("/desk/flags/waves/").status_code in (403, 404)
        assert client.post(f"/desk/flags/waves/{wave.pk}/confirm/", {"reason": "x"}).status_code in (403, 404)


def test_texts_that_say_the_same_share_a_fingerprint():
    one, other = ({mark.value for mark in fingerprints(PITCH.format(n=n))} for n in (1, 2))
    assert len(one & other) >= 2
    assert not {mark.value for mark in fingerprints("Thank you, that helped a lot!")}
    numbers = fingerprints("Call +1 (805) 200-1234 now"), fingerprints("please dial 1.805.200.1234")
    assert {m.value for m in numbers[0]} == {m.value for m in numbers[1]}
