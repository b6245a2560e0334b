"""Suspended people are out at once, and are told why."""

import pytest
from django.urls import reverse

from community.events.models import Event
from community.refusals import Refusal
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_hana_suspends_mallory_and_her_next_click_is_a_strangers(cast: Cast, client):
    client.force_login(cast.mallory)
    assert client.get(reverse("community:settings")).status_code == 200

    cast.mallory.suspend(by=cast.hana, reason="Insults")

    assert client.get(reverse("community:settings")).status_code == 302
    assert Event.objects.filter(verb="person.suspended", subject_id=cast.mallory.pk, actor=cast.hana).count() == 1


def test_suspended_people_are_told_why_at_the_door(cast: Cast, client):
    cast.confirm(cast.mallory)
    cast.mallory.suspend(by=cast.hana, reason="Insults")

    answer = client.post("/account/login/", {"login": "mallory", "password": "porchlight-mallory"}, follow=True)

    assert "This account is suspended: Insults" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_kept_pages_about_her_are_dropped_and_sockets_closed(cast: Cast, monkeypatch):
    purged, closed = [], []
    monkeypatch.setattr("community.people.suspending.purge", lambda *keys: purged.append(keys))
    monkeypatch.setattr("community.people.suspending.close_sockets", closed.append)
    about_her = ("people", f"person-{cast.mallory.pk}")

    cast.mallory.suspend(by=cast.hana, reason="Insults")
    assert (purged, closed) == ([about_her], [cast.mallory])
    cast.mallory.lift_suspension(by=cast.hana)
    assert purged == [about_her, about_her]


def test_lifting_lets_her_in_again(cast: Cast, client):
    cast.mallory.suspend(by=cast.hana, reason="Insults")
    cast.mallory.lift_suspension(by=cast.hana)
    client.force_login(cast.mallory)
    assert client.get(reverse("community:settings")).status_code == 200


def test_suspending_twice_is_one_suspension(cast: Cast):
    first = cast.mallory.suspend(by=cast.hana, reason="Insults")
    assert cast.mallory.suspend(by=cast.hana, reason="Insults").pk == first.pk


@pytest.mark.parametrize(
    ("by", "whom", "code"),
    [
        ("dora", "mallory", "not_allowed"),
        ("mallory", "ana", "not_allowed"),
        ("hana", "hana", "yourself"),
        ("hana", "kim", "administrator"),
    ],
)
def test_who_may_not_suspend_whom(cast: Cast, by, whom, code):
    with pytest.raises(Refusal) as refused:
        getattr(cast, whom).suspend(by=getattr(cast, by), reason="Because")
    assert refused.value.code == code


def test_a_suspension_needs_a_reason(cast: Cast):
    with pytest.raises(Refusal, match="Say why"):
        cast.mallory.suspend(by=cast.hana, reason="  ")
