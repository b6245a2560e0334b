"""Health, readiness, request ids and what browsers are told."""

import json
import logging

import pytest
from django.core.checks import run_checks
from django.db import OperationalError, connection
from django.test import RequestFactory

from community import health
from community.events.requests import request_id
from community.faults import server_error
from community.logs import JsonLines, WithRequestId

pytestmark = pytest.mark.django_db


def test_the_process_says_that_it_is_alive(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/").json() == {"alive": True}


def test_ready_tells_of_database_migrations_live_layer_and_what_waits(client):
    state = client.get("/ready/").json()
    assert state["ready"] is True
    assert (state["database"], state["migrations"], state["live"]) == ("ok", "ok", "ok")
    assert state["oldest_waiting_job"]["waiting"] == 0


def test_ready_counts_a_job_that_waits(client, cast):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('events', 'x')")
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '90 s'")
    assert client.get("/ready/").json()["oldest_waiting_job"] == {"seconds": 90, "waiting": 1}


def test_not_ready_while_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr(health, "is_migrated", lambda: False)
    answer = client.get("/ready/")
    assert (answer.status_code, answer.json()["migrations"], answer["Retry-After"]) == (503, "missing", "5")


@pytest.mark.parametrize("path", ["/health/", "/ready/"])
def test_nobody_posts_there(client, path):
    assert client.post(path).status_code == 405


def test_each_answer_has_an_id_of_its_own(client):
    ids = {client.get("/health/")["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3


def test_an_id_from_outside_is_not_believed(client, settings):
    assert client.get("/health/", headers={"X-Request-ID": "forged-12345"})["X-Request-ID"] != "forged-12345"
    settings.TRUSTED_PROXY_COUNT = 1
    assert client.get("/health/", headers={"X-Request-ID": "proxy-12345"})["X-Request-ID"] == "proxy-12345"
    assert client.get("/health/", headers={"X-Request-ID": "a\nb forged"})["X-Request-ID"] != "a\nb forged"


def test_the_content_policy_allows_nothing_inline_or_foreign(client):
    policy = client.get("/health/")["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy


def test_a_log_line_in_production_is_json_with_the_request_id():
    mark = request_id.set("abc-123")
    record = logging.makeLogRecord({"name": "x", "levelname": "INFO", "msg": "said %s", "args": ("it",), "item": 7})
    WithRequestId().filter(record)
    request_id.reset(mark)
    line = json.loads(JsonLines().format(record))
    assert (line["message"], line["request_id"], line["item"]) == ("said it", "abc-123", 7)


def test_while_the_database_is_away_visitors_are_asked_to_come_back():
    try:
        raise OperationalError("the database is away")
    except OperationalError:
        answer = server_error(RequestFactory().get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_a_mistake_of_ours_is_a_500_without_details():
    try:
        raise ValueError("secret detail")
    except ValueError:
        answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert b"secret detail" not in answer.content


def test_an_absurd_number_of_proxies_is_refused(settings):
    settings.TRUSTED_PROXY_COUNT = 99
    assert "community.E001" in {message.id for message in run_checks(tags=["security"])}
