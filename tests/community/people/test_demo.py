"""Stepping into the shoes of the demo's people, and of nobody else."""

import pytest
from django.core.cache import cache
from django.test import Client

from community.events.models import Event
from community.people.cast import CAST
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NAMES = ["ana", "ben", "chris", "dora", "emil", "fay", "gil", "hana", "ivo", "jo", "kim", "leo"]


@pytest.fixture
def demo(cast: Cast) -> Cast:
    cache.clear()
    for name in NAMES:
        getattr(cast, name)
    return cast


def test_the_page_shows_everybody_with_five_things_to_try(demo, client):
    page = client.get("/demo/").content.decode()
    assert sorted(CAST) == sorted(NAMES)
    assert page.count("<ol>") == 12
    assert all(len(part.tries) == 5 for part in CAST.values())


@pytest.mark.parametrize("name", NAMES)
def test_one_click_and_one_is_them_second_step_included(demo, client, name):
    answer = client.post(f"/demo/{name}/")
    assert answer["Location"] == CAST[name].start
    person = getattr(demo, name)
    person.authenticator_set.all().delete()
    assert client.session["_auth_user_id"] == str(person.pk)
    page = client.get("/settings/")
    assert page.status_code == 200
    assert Event.objects.filter(verb="demo.stepped_in", actor=person).count() == 1


def test_looking_changes_nothing(demo, client):
    assert client.get("/demo/ana/").status_code == 405
    assert "_auth_user_id" not in client.session


def test_never_in_production(demo, client, settings):
    settings.PRODUCTION = True
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/kim/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_never_with_borrowed_shoes_in_production(demo, client, settings):
    client.post("/demo/kim/")
    demo.kim.authenticator_set.all().delete()
    settings.PRODUCTION = True
    assert client.get("/settings/")["Location"] == "/account/2fa/"


@pytest.mark.parametrize("name", ["mallory", "nobody"])
def test_never_into_somebody_elses(demo, client, name):
    _ = demo.mallory
    assert client.post(f"/demo/{name}/").status_code == 404


def test_never_into_a_namesakes_with_a_real_address(cast: Cast, client):
    cache.clear()
    _ = cast.dora
    cast.person("ana", domain="gmail.com")
    assert client.post("/demo/ana/").status_code == 404


def test_without_the_demo_there_is_no_page(client, db):
    cache.clear()
    assert client.get("/demo/").status_code == 404


def test_a_stranger_site_cannot_change_ones_shoes(demo):
    assert Client(enforce_csrf_checks=True).post("/demo/kim/").status_code == 403
