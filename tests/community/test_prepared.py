"""Prepared queries answer for the values of this time, not of the first."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from community.people.models import Person
from community.people.roles import Role
from community.prepared import Prepared
from tests.cast import Cast


def named(name: str, pk: int, before_at: datetime) -> object:
    return Person.objects.filter(username=name, pk=pk, created_at__lt=before_at).values_list("username", "pk")


@pytest.mark.django_db
def test_each_asking_has_its_own_values(cast: Cast) -> None:
    prepared = Prepared(named, name=str, pk=int, before_at=datetime)
    soon = timezone.now() + timedelta(minutes=1)
    for person in (cast.ana, cast.ben):
        row = prepared.row(name=person.username, pk=person.pk, before_at=soon)
        assert row == (person.username, person.pk)
    assert prepared.rows(name=cast.ana.username, pk=cast.ben.pk, before_at=soon) == []
    assert prepared.row(name=cast.ana.username, pk=cast.ana.pk, before_at=soon - timedelta(days=1)) is None


@pytest.mark.django_db
def test_postgresql_plans_it_once_for_the_connection_and_nothing_else(cast: Cast) -> None:
    prepared = Prepared(named, name=str, pk=int, before_at=datetime)
    before = plans()
    for _ in range(3):
        prepared.rows(name=cast.ana.username, pk=cast.ana.pk, before_at=timezone.now())
        Person.objects.filter(pk=cast.ben.pk).exists()
    assert plans() == before + 1


def plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_role_given_and_taken_in_a_session_counts_at_the_next_request(client, cast: Cast) -> None:
    client.force_login(cast.ana)
    assert client.get("/desk/").status_code == 404
    grant = cast.ana.grant(Role.AUDITOR, by=cast.kim)
    assert client.get("/desk/actions/").status_code == 302  # to the second factor, which staff need
    grant.revoke(by=cast.kim, reason="moved on")
    assert client.get("/desk/actions/").status_code == 404


@pytest.mark.django_db
def test_a_list_and_the_beginning_of_a_word_may_be_other_ones_each_time(cast: Cast) -> None:
    among = Prepared(lambda ids: Person.objects.filter(pk__among=ids).values_list("username"), ids=list)
    begun = Prepared(lambda key: Person.objects.filter(username__startswith=key).values_list("username"), key=str)
    people = [cast.ana, cast.ben, cast.chris]
    assert set(among.rows(ids=[one.pk for one in people[1:]])) == {("ben",), ("chris",)}
    assert among.rows(ids=[]) == []
    assert begun.rows(key="an") == [("ana",)]
    assert begun.rows(key="b") == [("ben",)]
    assert begun.rows(key="%") == begun.rows(key="_na") == []
