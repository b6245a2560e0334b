"""Roles are given and taken on record; there is always an administrator left."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.events.models import Event
from community.people.capability_words import WORDS
from community.people.models import Grant
from community.people.roles import Capability, Role
from community.people.tasks import expire_grants
from community.refusals import Refusal
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_kim_makes_leo_an_agent_of_one_brand_until_tomorrow(cast: Cast, client):
    client.force_login(cast.kim)
    cast.northlight  # noqa: B018 - the brand exists
    until = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    answer = client.post(
        reverse("community:settings-roles", args=[cast.leo.username]),
        {"role": "agent", "brand": "northlight", "expires_at": until, "reason": "Holiday cover"},
    )
    assert answer.status_code == 302
    leo = type(cast.leo).objects.get(pk=cast.leo.pk)
    assert leo.can(Capability.WORK_THE_QUEUE, "northlight")
    assert not leo.can(Capability.WORK_THE_QUEUE, "kettle")
    event = Event.objects.get(verb="role.granted", subject_id=leo.pk)
    assert (event.actor, event.details["reason"]) == (cast.kim, "Holiday cover")


def test_a_role_that_is_over_closes_by_the_clock(cast: Cast):
    grant = cast.leo.grant(Role.AGENT, by=cast.kim, expires_at=timezone.now() + timedelta(minutes=1))
    Grant.objects.filter(pk=grant.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    expire_grants(0)
    grant.refresh_from_db()
    assert grant.revoked_at is not None
    assert Event.objects.filter(verb="role.revoked", subject_id=cast.leo.pk, details__reason="expired").count() == 1
    expire_grants(0)
    assert Event.objects.filter(verb="role.revoked").count() == 1


def test_a_role_withdrawn_in_a_session_counts_at_the_next_click(cast: Cast, client):
    client.force_login(cast.dora)
    url = reverse("community:settings-persona")
    assert client.get(url).status_code == 200
    cast.dora.grants.get().revoke(by=cast.kim, reason="Left the team")
    assert client.get(url).status_code == 404


def test_the_last_administrator_stays(cast: Cast, client):
    client.force_login(cast.kim)
    grant = cast.kim.grants.get()
    answer = client.post(
        reverse("community:settings-role-revoke", args=["kim", grant.pk]), {"reason": "Tired"}, follow=True
    )
    assert "last administrator" in answer.content.decode()
    grant.refresh_from_db()
    assert grant.revoked_at is None


def test_with_a_second_administrator_the_first_may_go(cast: Cast):
    cast.fay.grant(Role.ADMINISTRATOR, by=cast.kim, reason="Holiday")
    cast.kim.grants.get().revoke(by=cast.fay, reason="moved on")
    assert not cast.kim.can(Capability.GRANT_ROLES)


def test_an_administrator_for_a_week_does_not_count_as_one_who_stays(cast: Cast):
    cast.fay.grant(Role.ADMINISTRATOR, by=cast.kim, expires_at=timezone.now() + timedelta(days=7))
    with pytest.raises(Refusal, match="last administrator"):
        cast.kim.grants.get().revoke(by=cast.kim, reason="moved on")


def test_a_role_is_given_once(cast: Cast):
    with pytest.raises(Refusal, match="already"):
        cast.dora.grant(Role.AGENT, by=cast.kim)


@pytest.mark.parametrize(("name", "status"), [("mallory", 404), ("dora", 403), ("jo", 403), ("hana", 403)])
def test_only_administrators_see_roles(cast: Cast, client, name, status):
    client.force_login(getattr(cast, name))
    assert client.get(reverse("community:settings-people")).status_code == status
    answer = client.post(reverse("community:settings-roles", args=["mallory"]), {"role": "agent", "reason": "x"})
    assert answer.status_code == status
    assert not Grant.objects.filter(person__username="mallory").exists()


def test_strangers_are_taken_to_sign_in(client, db):
    answer = client.get(reverse("community:settings-people"))
    assert answer["Location"] == "/account/login/?next=%2Fsettings%2Fpeople%2F"
    answer = client.get(reverse("community:settings-people"), headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith("/account/login/")


def test_staff_without_the_policy_are_told_what_it_lets_people_do(cast: Cast, client):
    client.force_login(cast.dora)
    assert "whoever may give roles" in client.get(reverse("community:settings-people")).content.decode()


def test_the_list_of_the_team_costs_the_same_for_many(cast: Cast, client, django_assert_max_num_queries):
    _ = cast.dora, cast.emil, cast.fay, cast.gil, cast.hana, cast.ivo, cast.jo
    client.force_login(cast.kim)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("community:settings-people")).content.decode()
    assert "Dora, Bluetooth" in page


def test_no_role_is_taken_away_without_saying_why(client, cast):
    grant = cast.dora.grants.get()
    client.force_login(cast.kim)
    url = reverse("community:settings-role-revoke", args=["dora", grant.pk])
    page = client.post(url, {"reason": "  "}, follow=True)
    assert "Say why" in page.content.decode()
    grant.refresh_from_db()
    assert grant.revoked_at is None
    client.post(url, {"reason": "Moved to sales"})
    assert Event.objects.get(verb="role.revoked").details["reason"] == "Moved to sales"


def test_a_refusal_names_what_is_needed_in_words(cast: Cast, client):
    client.force_login(cast.dora)
    page = client.get("/desk/team/")
    assert page.status_code == 403
    assert "This is for whoever may supervise the team." in page.content.decode()
    assert set(WORDS) == set(Capability)
    assert not any("_" in str(words) for words in WORDS.values())
