"""The socket through real servers: two processes, one line between them, and everything that closes a socket."""

import json
import time
from contextlib import contextmanager

import httpx
import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from community.live.broadcasting import broadcast, close_sockets
from forums.questions.models import Question
from forums.threads.replying import answer
from tests.cast import Cast

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("fronts")]
WITHIN = 5.0


@pytest.fixture(scope="module")
def cast(fronts):
    return Cast()


@pytest.fixture(autouse=True)
def _threads_let_go_of_the_database():
    """Here the sockets live in other processes."""


@pytest.fixture(scope="module")
def question(cast):
    body = "Since the last update the connection drops about once a minute, with two phones."
    return Question.objects.ask(by=cast.ana, title="Bluetooth drops every minute now", source=body)


@contextmanager
def socket(url, session="", **fields):
    """A socket as a browser opens it."""
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"} if session else {}
    address = url.replace("http", "ws") + "/live/"
    with connect(address, origin=url, additional_headers=headers, open_timeout=30, **fields) as line:
        yield line


def session_of(person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def listen(line, stream, **fields) -> dict:
    line.send(json.dumps({"type": "listen", "stream": stream, **fields}))
    return hear(line)


def hear(line, timeout=30.0) -> dict:
    return json.loads(line.recv(timeout=timeout))


def is_in(line) -> None:
    """The process knows this socket: it answers only after it has taken it in."""
    line.send('{"type":"ping"}')
    assert hear(line)["type"] == "pong"


def closed_with(line) -> int:
    """Wait for the site to close it; answers the code."""
    end = time.monotonic() + WITHIN
    try:
        while time.monotonic() < end:
            line.recv(timeout=max(0.1, end - time.monotonic()))
    except ConnectionClosed as closed:
        return closed.rcvd.code
    except TimeoutError:
        pass
    raise AssertionError("still open")


def test_an_answer_written_elsewhere_reaches_the_readers_of_both_processes(fronts, cast, question):
    stream = f"thread:{question.pk}"
    with socket(fronts.urls[0]) as one, socket(fronts.urls[1]) as two:
        assert listen(one, stream)["type"] == listen(two, stream)["type"] == "listening"
        for number in range(20):
            broadcast(stream, "components/_preview.html", {"html": f"n{number}"})
        heard = [[hear(line)["seq"] for _ in range(20)] for line in (one, two)]
        assert heard[0] == heard[1] == list(range(heard[0][0], heard[0][0] + 20))


def test_other_pages_may_not_open_a_socket(fronts):
    for origin in ("http://evil.example", None, "null", fronts.urls[0].replace("localhost", "localhost.evil.example")):
        with pytest.raises(InvalidStatus) as refused:
            connect(fronts.urls[0].replace("http", "ws") + "/live/", origin=origin)
        assert refused.value.response.status_code == 403


def test_a_hidden_thread_is_not_to_be_heard(fronts, cast, question):
    hidden = Question.objects.ask(by=cast.ben, title="This one will be hidden soon", source="Since the update it hums.")
    type(hidden.thread).objects.filter(pk=hidden.pk).update(is_hidden=True)
    with socket(fronts.urls[0]) as line:
        assert listen(line, f"thread:{hidden.pk}")["type"] == "refused"


def test_signing_out_closes_that_browsers_sockets_only(fronts, cast):
    here, elsewhere = session_of(cast.ana), session_of(cast.ana)
    with (
        socket(fronts.urls[0], here) as one,
        socket(fronts.urls[1], here) as two,
        socket(fronts.urls[1], elsewhere) as three,
    ):
        token = "t" * 32
        cookies = {settings.SESSION_COOKIE_NAME: here, settings.CSRF_COOKIE_NAME: token}
        response = httpx.post(
            fronts.urls[0] + "/account/logout/", cookies=cookies, headers={"X-CSRFToken": token}, timeout=20
        )
        assert response.status_code == 302
        assert [closed_with(one), closed_with(two)] == [4403, 4403]
        three.send('{"type":"ping"}')
        assert hear(three)["type"] == "pong"
    with pytest.raises(InvalidStatus), socket(fronts.urls[0], here):
        pass


def test_ending_a_session_from_the_list_closes_its_sockets(fronts, cast):
    session = session_of(cast.ben)
    with socket(fronts.urls[0], session) as line:
        is_in(line)
        row, _ = UserSession.objects.get_or_create(
            session_key=session, defaults={"user": cast.ben, "ip": "192.0.2.1", "user_agent": "x"}
        )
        row.end()
        assert closed_with(line) == 4403
    assert not SessionStore().exists(session)


def test_showing_a_person_the_door_reaches_every_process(fronts, cast):
    session = session_of(cast.dora)
    with socket(fronts.urls[0], session) as one, socket(fronts.urls[1], session) as two:
        for line in (one, two):
            is_in(line)
        close_sockets(cast.dora)
        assert [closed_with(one), closed_with(two)] == [4403, 4403]


def test_a_person_has_twenty_sockets_over_all_processes(fronts, cast):
    session = session_of(cast.chris)
    lines = []
    for number in range(23):
        opener = socket(fronts.urls[number % 2], session)
        lines.append((opener, opener.__enter__()))
    assert [closed_with(line) for _, line in lines[:3]] == [4429] * 3
    lines[-1][1].send('{"type":"ping"}')
    assert hear(lines[-1][1])["type"] == "pong"
    for opener, _ in lines:
        opener.__exit__(None, None, None)


def test_a_frame_of_a_megabyte_ends_the_socket(fronts):
    with socket(fronts.urls[0]) as line:
        line.send("x" * 1_000_000)
        assert closed_with(line) == 1009


def read_to_the_end(line) -> None:
    while True:
        line.recv(timeout=WITHIN)


def send_pings(line, count) -> None:
    for _ in range(count):
        line.send('{"type":"ping"}')


def test_broken_text_ends_the_socket_and_the_process_goes_on(fronts):
    with socket(fronts.urls[0]) as line:
        line.send([b"\xff\xfe"], text=True)
        with pytest.raises(ConnectionClosed):
            read_to_the_end(line)
    assert httpx.get(fronts.urls[0] + "/health/").status_code == 200


def test_a_hundred_thousand_frames_do_not_get_through(fronts):
    with socket(fronts.urls[0]) as line:
        with pytest.raises(ConnectionClosed):
            send_pings(line, 100_000)
        assert line.close_code in (4429, 1006)


def test_without_valkey_pages_know_that_live_is_paused_and_all_returns_within_ten_seconds(fronts, cast, question):
    """R5."""
    stream = f"thread:{question.pk}"
    with socket(fronts.urls[0]) as line:
        seen = listen(line, stream)["seq"]
        fronts.kill_valkey()
        assert hear(line)["type"] == "paused"
        begun = time.monotonic()
        answer(question.thread, by=cast.ben, source="Written while the line was down, and not lost.")
        assert time.monotonic() - begun < 6
        fronts.start_valkey()
        assert hear(line)["type"] == "resumed"
        again = listen(line, stream, since=seen)
        assert again["missed"] is (again["seq"] != seen)
        broadcast(stream, "components/_preview.html", {"html": "back"})
        assert "back" in hear(line)["html"]
