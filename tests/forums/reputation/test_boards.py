"""Boards: rolling windows, newcomers, and whoever does not want to be on them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.people.models import Person
from forums.reputation.models import Standing
from forums.reputation.tasks import roll_windows
from tests.jobs import work
from tests.scenes import ana_asks, ben_answers


@pytest.fixture
def answer(cast):
    return ben_answers(cast, ana_asks(cast))


def board(client, key):
    page = client.get("/people/").content.decode()
    return page.partition(f'data-testid="board-{key}"')[2].partition("</section>")[0]


def test_home_and_people_read_from_the_kept_sums(client, cast, answer):
    answer.vote(by=cast.chris)
    work()
    assert "ben" in client.get("/").content.decode().partition("Helping most this week")[2]
    assert "+5" in board(client, "week")
    assert "+5" in board(client, "season")


def test_windows_roll(client, cast, answer):
    answer.vote(by=cast.chris)
    work()
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        roll_windows(0)
        assert "ben" not in board(client, "week")
        assert "ben" in board(client, "season")
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        roll_windows(0)
        assert "ben" not in board(client, "season")
    assert Standing.objects.get(person=cast.ben).points == 5


def choose(client, person, **choices):
    client.force_login(person)
    fields = dict.fromkeys(("about", "since", "topics", "helped", "points", "badges", "boards"), "public")
    fields["products"] = "staff"
    assert client.post("/settings/audience/", fields | choices).status_code == 302
    client.logout()


def test_ac_people_6_opting_out_removes_the_name_at_once(client, cast, answer):
    answer.vote(by=cast.chris)
    work()
    fragments = lambda: [  # noqa: E731
        client.get("/people/").content.decode().partition('class="boards"')[2],
        client.get("/people/boards.csv").content.decode(),
        client.get("/").content.decode().partition('class="rail"')[2],
    ]
    assert all("ben" in shown for shown in fragments())
    choose(client, cast.ben, boards="nobody")
    assert not any("ben" in shown for shown in fragments())
    choose(client, cast.ben)
    assert all("ben" in shown for shown in fragments())


def test_ac_people_6_the_newcomers_board_lists_the_first_thirty_days_only(client, cast, answer):
    answer.vote(by=cast.chris)
    work()
    joined = lambda **ago: Person.objects.filter(pk=cast.ben.pk).update(created_at=timezone.now() - timedelta(**ago))  # noqa: E731
    joined(days=29, hours=23)
    assert "ben" in board(client, "new")
    joined(days=30, minutes=1)
    assert "ben" not in board(client, "new")
    assert "new,1" not in client.get("/people/boards.csv").content.decode()


def test_opting_out_is_signed_in_and_knows_its_choices(client, cast):
    assert client.get("/settings/audience/").status_code == 302
    client.force_login(cast.ana)
    assert client.get("/settings/audience/").status_code == 200
    assert client.post("/settings/audience/", {"boards": "members"}).status_code == 422


def test_each_field_of_a_profile_has_its_own_audience(client, cast, answer):
    answer.vote(by=cast.chris)
    work()
    Person.objects.filter(pk=cast.ben.pk).update(about="Repairs radios.")
    choose(client, cast.ben, about="members", since="nobody", points="staff")
    shown = {}
    for who in (None, cast.chris, cast.dora, cast.ben):
        client.force_login(who) if who else client.logout()
        page = client.get("/people/ben/").content.decode()
        name = who.username if who else "None"
        shown[name] = (
            "Repairs radios" in page,
            "here since" in page,
            '/standing/">point' in page,
        )
    assert shown == {
        "None": (False, False, False),
        "chris": (True, False, False),
        "dora": (True, False, True),
        "ben": (True, True, True),
    }
    client.logout()
    assert "dateCreated" not in client.get("/people/ben/").content.decode()
    assert "Repairs radios" not in client.get("/people/?q=ben").content.decode()
