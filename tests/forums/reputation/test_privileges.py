"""What the levels open: each is enforced where it matters, and says from when on it is open."""

import pytest

from community.events.models import Event
from community.people.models import Person
from community.people.trust import OPENS, Privilege, may
from forums.tags.models import TagCard
from forums.threads.models.suggestion import is_reviewer
from tests.jobs import work
from tests.scenes import ana_asks


@pytest.fixture
def question(cast):
    question = ana_asks(cast)
    work()
    return question


def at_level(person: Person, level: int) -> Person:
    Person.objects.filter(pk=person.pk).update(level=level)
    return Person.objects.get(pk=person.pk)


def test_tags_of_others_open_with_level_two(client, cast, question):
    address = f"/questions/{question.pk}/deeds/tags/"
    client.force_login(at_level(cast.chris, 1))
    assert "opens with level 2" in client.get(address).content.decode()
    assert client.post(address, {"tags": "pairing"}).status_code == 409
    assert set(question.thread.tags.names()) == {"bluetooth"}
    assert f'href="{address}"' not in client.get(question.get_absolute_url()).content.decode()
    client.force_login(at_level(cast.chris, 2))
    assert f'href="{address}"' in client.get(question.get_absolute_url()).content.decode()
    assert client.post(address, {"tags": "pairing, firmware"}).status_code == 302
    assert set(question.thread.tags.names()) == {"pairing", "firmware"}
    event = Event.objects.get(verb="thread.retagged")
    assert event.details == {"added": ["firmware", "pairing"], "removed": ["bluetooth"]}
    work()
    assert TagCard.objects.get(tag__name="pairing").question_count == 1
    assert TagCard.objects.get(tag__name="bluetooth").question_count == 0


def test_askers_retag_their_own_and_too_many_tags_are_refused(client, cast, question):
    address = f"/questions/{question.pk}/deeds/tags/"
    client.force_login(cast.ana)
    assert client.get(address).status_code == 200
    assert client.post(address, {"tags": "a, b, c, d, e, f"}).status_code == 422
    assert client.post(address, {"tags": ""}).status_code == 302
    assert not question.thread.tags.exists()


def test_describing_a_tag_opens_with_level_four(client, cast, question):
    client.force_login(at_level(cast.chris, 3))
    assert "opens with level 4" in client.get("/tags/bluetooth/describe/").content.decode()
    client.force_login(at_level(cast.chris, 4))
    assert client.post("/tags/bluetooth/describe/", {"description": "Pairing and what drops."}).status_code == 302
    assert "Pairing and what drops" in client.get("/tags/bluetooth/").content.decode()


def test_deciding_on_suggestions_opens_with_level_three(cast):
    assert not is_reviewer(at_level(cast.chris, 2))
    assert is_reviewer(at_level(cast.chris, 3))
    assert is_reviewer(cast.hana)
    assert not is_reviewer(cast.jo)


@pytest.mark.parametrize("privilege", list(Privilege))
def test_each_privilege_opens_at_its_level_and_is_the_teams(cast, privilege):
    opens_at = OPENS[privilege][0]
    assert not may(at_level(cast.chris, opens_at - 1), privilege)
    assert may(at_level(cast.chris, opens_at), privilege)
    assert may(cast.dora, privilege)
