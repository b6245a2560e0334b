"""The first start: while the demo moves in, a calm page says how far it is, and opens by itself."""

import json

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.test import Client

from community import moving_in


@pytest.fixture
def moving(settings, tmp_path):
    """A site that was started while its demo moves in."""
    settings.VAR, settings.DEMO_MOVES_IN = tmp_path, True
    moving_in.begin()
    return Client()


def test_pages_say_how_far_the_demo_is_and_look_again_by_themselves(moving):
    moving_in.tell(240, 571)
    answer = moving.get("/questions/")
    assert answer.status_code == 503
    assert answer["Refresh"] == "2"
    assert answer["Cache-Control"] == "no-store"
    assert b'<progress value="240" max="571"' in answer.content


@pytest.mark.django_db
def test_probes_know_that_the_site_is_open_but_not_ready(moving):
    assert moving.get("/health/").status_code == 200
    answer = moving.get("/ready/")
    assert answer.status_code == 503
    assert json.loads(answer.content)["demo"] == "is moving in"


@pytest.mark.django_db
def test_when_the_demo_has_moved_in_pages_open_and_nobody_looks_for_it_again(moving):
    assert moving.get("/questions/").status_code == 503
    moving_in.end()
    assert moving.get("/questions/").status_code == 200
    moving_in.begin()
    assert moving.get("/questions/").status_code == 200


def test_progress_is_told_only_to_those_who_wait(settings, tmp_path):
    settings.VAR = tmp_path
    moving_in.tell(240, 571)
    assert moving_in.progress() is None


def test_a_site_without_a_demo_moving_in_pays_nothing(settings):
    settings.DEMO_MOVES_IN = False
    with pytest.raises(MiddlewareNotUsed):
        moving_in.MovingInMiddleware(lambda request: None)
