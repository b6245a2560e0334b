"""Looking at the site as a role: what they see, for reading, marked, written down, never more than one may."""

import time

import pytest

from community.events.models import Event
from forums.threads.models import ReadMark
from moderation.decisions.looking_as import LASTS
from tests.scenes import ana_asks

BAR = 'data-testid="looking-bar"'


@pytest.fixture
def hana(client, cast):
    client.force_login(cast.hana)
    return client


def look(client, role):
    return client.post("/desk/flags/roles/look/", {"role": role})


def test_hana_sees_the_site_as_a_member_does(hana, cast, question):
    gone = ana_asks(cast, title="Sold: my old headphones, like new")
    gone.thread.posts.get(kind="opening").hide(by=cast.hana, reason="For sale")
    url = question.get_absolute_url()
    assert hana.get(gone.get_absolute_url()).status_code == 200, "moderators read what is hidden"
    assert look(hana, "member").status_code == 302
    assert BAR in hana.get(url).content.decode()
    hidden = hana.get(gone.get_absolute_url())
    assert hidden.status_code == 404
    assert BAR in hidden.content.decode()
    assert hana.get("/desk/").status_code == 404
    hana.post("/desk/flags/roles/end/")
    assert BAR not in hana.get(url).content.decode()
    assert hana.get("/desk/flags/").status_code == 200


def test_it_is_for_reading(hana, cast, question):
    look(hana, "champion")
    refused = hana.post(f"/watching/thread/{question.thread.pk}/", {"level": "watch"})
    assert refused.status_code == 403
    assert "for reading" in refused.content.decode()
    marks = ReadMark.objects.count()
    hana.get(question.get_absolute_url())
    assert ReadMark.objects.count() == marks, "what a page writes is undone"


def test_nobody_sees_more_than_they_may_themselves(hana, cast, question):
    look(hana, "supervisor")
    assert hana.get("/desk/").status_code == 200
    assert hana.get("/desk/actions/").status_code == 403, "she may not read the audit log herself"
    assert look(hana, "administrator").status_code == 403


def test_it_is_written_down_and_ends_by_itself(hana, cast, question, time_machine):
    look(hana, "member")
    hana.post("/desk/flags/roles/end/")
    steps = Event.objects.filter(verb__startswith="role.look").order_by("pk")
    assert [(step.verb, step.actor) for step in steps] == [
        ("role.looked_as", cast.hana),
        ("role.look_ended", cast.hana),
    ]
    look(hana, "member")
    time_machine.move_to(time.time() + LASTS + 5)
    hana.force_login(cast.hana)
    assert BAR not in hana.get(question.get_absolute_url()).content.decode()


def test_who_may_not_moderate_looks_as_nobody(client, cast):
    for person, expected in ((cast.mallory, 404), (cast.emil, 403)):
        client.force_login(person)
        assert look(client, "member").status_code == expected


def test_every_page_of_a_role_opens(hana, cast, question):
    look(hana, "agent")
    for url in (
        "/",
        "/questions/",
        "/products/",
        "/people/",
        "/search/?q=beam",
        "/notifications/",
        "/desk/",
    ):
        assert hana.get(url, follow=True).status_code == 200, url
    assert hana.get("/settings/").status_code == 403
