"""People in public: what a profile shows, and what it never shows."""

import pytest

from community.people.models import Person
from tests.jobs import work
from tests.scenes import TITLE, ana_asks, ben_answers


@pytest.fixture
def answered(cast):
    question = ana_asks(cast)
    answer = ben_answers(cast, question)
    question.accept(answer, by=cast.ana)
    work()
    return question


def page(client, path):
    return client.get(path).content.decode()


def test_a_profile_shows_answers_and_what_they_solved(client, cast, answered):
    shown = client.get("/people/ben/")
    assert shown.context["profile"].solution_count == 1
    assert TITLE in shown.content.decode()
    assert "champion" in shown.content.decode()


def test_a_profile_shows_questions_when_asked(client, cast, answered):
    assert TITLE in page(client, "/people/ana/?tab=questions")
    assert TITLE not in page(client, "/people/ana/")


def test_a_name_is_found_however_it_is_written(client, cast, answered):
    assert client.get("/people/ANA/").status_code == 200
    assert client.get("/people/nobody-here/").status_code == 404


def test_a_profile_never_shows_contact_data_or_what_somebody_owns(client, cast, answered):
    client.force_login(cast.mallory)
    shown = page(client, "/people/ana/")
    assert "ana@example.org" not in shown
    assert "NL-1001" not in shown
    assert "Beam 2" not in shown.partition("<main")[2].partition('class="list"')[0]


def test_staff_show_their_persona(client, cast):
    persona = cast.dora.persona
    persona.topics, persona.hours, persona.languages = "Bluetooth, pairing", "Mon–Fri 09:00–17:00", "en de"
    persona.can_do, persona.cannot_do = "reproduce, escalate", "refunds"
    persona.save()
    shown = page(client, "/people/dora-bluetooth/")
    for words in [
        "Dora, Bluetooth",
        "Northlight team",
        "Bluetooth, pairing",
        "Mon–Fri",
        "Deutsch",
        "reproduce",
        "refunds",
    ]:
        assert words in shown


def test_a_persona_without_a_role_is_an_ordinary_member(client, cast):
    cast.dora.grants.all().delete()
    shown = page(client, "/people/dora-bluetooth/")
    assert "Northlight team" not in shown
    assert "What to expect" not in shown


def test_somebody_who_is_gone_is_not_found(client, cast, answered):
    Person.objects.filter(pk=cast.ben.pk).update(is_active=False)
    assert client.get("/people/ben/").status_code == 404
    assert "ben" not in page(client, "/people/").partition("<main")[2]


def test_people_lists_the_team_and_those_who_help(client, cast, answered):
    assert cast.dora.is_team
    shown = page(client, "/people/")
    assert "Dora, Bluetooth" in shown
    assert ">ben<" in shown


def test_people_are_found_by_the_beginning_of_their_name(client, cast, answered):
    assert ">ben<" in page(client, "/people/?q=BE")
    assert "Nobody by that name" in page(client, "/people/?q=zz")


def test_found_names_page_by_key(client, cast):
    for n in range(35):
        Person.objects.create_user(f"sam{n:02}", f"sam{n}@example.org")
    first = client.get("/people/?q=sam")
    second = client.get(f"/people/{first.context['older_url']}")
    assert [len(shown.context["found"]) for shown in (first, second)] == [30, 5]
