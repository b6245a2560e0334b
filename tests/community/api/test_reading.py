"""Search, tags, people and the tray through the API."""

import pytest
from taggit.models import Tag

from community.people.audience import Field, choose_audience
from forums.tags.tending import add_synonym
from tests.community.api.program import Program
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers

pytestmark = pytest.mark.django_db


def test_the_search_finds_what_the_page_finds_mistakes_of_typing_too(cast):
    question = ana_asks(cast)
    work()
    found = Program().get("/search/?q=blutooth").json()
    assert [row["title"] for row in found["rows"]] == [question.thread.title]
    assert found["meant"] == "bluetooth"
    assert found["rows"][0]["url"].endswith(question.get_absolute_url())
    question.thread.posts.get().hide(by=cast.hana, reason="Off topic")
    assert Program().get("/search/?q=bluetooth").json()["total"] == 0


def test_tags_and_people_as_they_show_themselves(cast):
    ben_answers(cast, ana_asks(cast))
    work()
    assert Program().get("/tags/").json()["rows"][0]["slug"] == "bluetooth"
    add_synonym(Tag.objects.get(slug="bluetooth"), "wireless", by=cast.hana)
    assert [row["slug"] for row in Program().get("/tags/?q=wirel").json()["rows"]] == ["bluetooth"]
    cast.ben.about = "I mend headphones."
    cast.ben.save()
    choose_audience(cast.ben, {Field.ABOUT: "members"})
    assert Program().get("/people/ben/").json()["about"] is None
    told = Program(cast.ana).get("/people/ben/").json()
    assert (told["about"], told["answers"]) == ("I mend headphones.", 1)
    assert Program().get("/people/dora/").status_code == 404
    cast.dora  # noqa: B018 - the team is found by its public names alone
    assert Program().get("/people/dora/").status_code == 404
    assert [row["handle"] for row in Program().get("/people/?q=dora").json()["rows"]] == ["dora-bluetooth"]
    assert b"example.org" not in Program().get("/people/ben/").content


def test_the_tray_is_ones_own_and_is_read_by_a_program(cast):
    ben_answers(cast, ana_asks(cast))
    work()
    ana = Program(cast.ana, ["own:read", "own:write"])
    [row] = ana.get("/notifications/?unread=1").json()["rows"]
    assert "ben" in row["text"]
    assert Program(cast.chris).put(f"/notifications/{row['id']}/read/").status_code == 404
    assert Program(cast.ana, ["own:read"]).put(f"/notifications/{row['id']}/read/").status_code == 403
    assert ana.put(f"/notifications/{row['id']}/read/").json() == {"done": True}
    assert ana.get("/notifications/?unread=1").json()["rows"] == []
    assert Program().get("/notifications/").status_code == 401
