"""Turning browsers on and off: what is believed, whose they are, and with what they go."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from community.checks import push_key
from community.notifications.models import Device
from community.notifications.notifying import notify
from community.notifications.push_keys import read_keys, site_keys
from tests.cast import Cast
from tests.jobs import work

pytestmark = pytest.mark.django_db
ON, OFF, RENEW = "community:device-on", "community:device-off", "community:device-renew"


def test_what_no_browser_says_is_refused(cast: Cast, service, client, settings):
    client.force_login(cast.ana)
    good = service.browser().fields
    odd = [
        {},
        good | {"endpoint": "ftp://push.example.net/x"},
        good | {"endpoint": "https://ana@push.example.net/x"},
        good | {"endpoint": "https://push.example.net/" + "x" * 1000},
        good | {"p256dh": "AAAA"},
        good | {"auth": "short"},
        good | {"auth": "ä"},
    ]
    for fields in odd:
        assert client.post(reverse(ON), fields).status_code in (302, 422), fields
    settings.PUSH_MAY_REACH_INSIDE = False
    client.post(reverse(ON), good)  # http is for tests only
    assert not Device.objects.exists()


def test_a_browser_belongs_to_whoever_turned_it_on_last_and_goes_with_the_session(cast: Cast, service, anas_phone):
    chris = Client()
    chris.force_login(cast.chris)
    chris.post(reverse(ON), anas_phone.fields)
    assert Device.objects.get().person == cast.chris
    anna = Client()
    anna.force_login(cast.ana)
    anna.post(reverse(OFF), {"endpoint": anas_phone.endpoint})
    assert Device.objects.count() == 1  # not hers any more
    chris.post(reverse("account_logout"))
    assert not Device.objects.exists()


def test_ending_a_session_from_the_list_and_a_new_password_turn_browsers_off(cast: Cast, service, client):
    cast.confirm(cast.ana)
    lost = Client()
    for browser in (lost, client):
        browser.post(reverse("account_login"), {"login": "ana", "password": "porchlight-ana"})
        assert browser.post(reverse(ON), service.browser().fields).status_code == 200
    client.post(reverse("usersessions_list"))
    assert Device.objects.get().session_key == client.session.session_key
    client.post(reverse("account_logout"))
    assert not Device.objects.exists()
    client.post(reverse(ON), service.browser().fields)
    cast.ana.set_password("porchlight-ana-2")
    cast.ana.save()
    cast.confirm(cast.ana)
    client.force_login(cast.ana)
    fields = {"oldpassword": "porchlight-ana-2", "password1": "a much better one", "password2": "a much better one"}
    assert client.post(reverse("account_change_password"), fields).status_code == 302
    assert not Device.objects.exists()
    assert cast.ana.notifications.filter(kind="security").exists()


def test_one_by_one_and_only_ones_own(cast: Cast, anas_phone, client):
    device = Device.objects.get()
    chris = Client()
    chris.force_login(cast.chris)
    assert chris.post(reverse("community:device-forget", args=[device.pk])).status_code == 404
    answered = client.post(reverse("community:device-forget", args=[device.pk]), headers={"HX-Request": "true"})
    assert "None of your browsers" in answered.content.decode()
    assert not Device.objects.exists()


def test_a_browser_that_got_another_address_says_so_itself(cast: Cast, service, anas_phone):
    fresh, nobody = service.browser(), Client(enforce_csrf_checks=True)
    was = {"was": anas_phone.endpoint, "was_auth": anas_phone.fields["auth"]}
    assert nobody.post(reverse(RENEW), was | fresh.fields | {"was_auth": "wrong"}).status_code in (302, 422)
    assert Device.objects.get().endpoint == anas_phone.endpoint
    assert nobody.post(reverse(RENEW), was | fresh.fields).status_code == 204
    notify(cast.ana, "answer", url="/accessibility/", text="Something happened")
    work()
    assert len(service.waiting) == 1
    assert Device.objects.get().endpoint == fresh.endpoint


def test_without_a_key_there_is_no_word_of_it(cast: Cast, client, settings, capsys):
    settings.PRODUCTION = True
    client.force_login(cast.ana)
    page = client.get(reverse("community:settings-notifications")).content.decode()
    assert "push-switch" not in page
    assert "On my devices" not in page
    call_command("push_keys")
    written = capsys.readouterr().out.strip().removeprefix("PUSH_PRIVATE_KEY=")
    settings.PUSH_PRIVATE_KEY = written
    assert site_keys().public == read_keys(written).public
    assert site_keys().public in client.get(reverse("community:settings-notifications")).content.decode()
    settings.PUSH_PRIVATE_KEY = "no key"
    assert [error.id for error in push_key(None)] == ["community.E002"]


def test_the_worker_is_a_script_that_every_browser_may_ask_for(client):
    answered = client.get(reverse("community:device-worker"))
    assert answered["Content-Type"].startswith("text/javascript")
    assert answered["Cache-Control"] == "no-cache"
    assert "showNotification" in answered.content.decode()


def test_the_site_can_stand_on_a_home_screen_where_only_apps_may_show_notifications(cast: Cast, client):
    client.force_login(cast.ana)
    assert '<link rel="manifest"' in client.get(reverse("community:settings-notifications")).content.decode()
    told = client.get(reverse("community:site-manifest"))
    assert told["Content-Type"] == "application/manifest+json"
    assert (told.json()["display"], told.json()["start_url"]) == ("standalone", "/notifications/")
