"""Boards: rolling windows, newcomers, and whoever does not want to be on them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

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
