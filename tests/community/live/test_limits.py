"""B4 and B5: what a socket may not do, and how it ends."""

import asyncio

import pytest
from channels.testing import WebsocketCommunicator

from community.live import consumer, streams
from tests.community.live.sockets import closing_code, hear, listen, open_socket, session_cookie

pytestmark = pytest.mark.usefixtures("open_streams")


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ('{"type":"ping","more":"' + "x" * 17_000 + '"}', 1009),
        ("[" * 15_000, 1008),
        ('{"a":' * 3_000, 1008),
        ("not json", 1008),
        ("[]", 1008),
        ("7", 1008),
        ('"ping"', 1008),
        ("{}", 1008),
        ('{"type":"type"}', 1008),
        ('{"type":"listen"}', 1008),
        ('{"type":"listen","stream":7}', 1008),
        ('{"type":["listen"],"stream":"open:1"}', 1008),
        ('{"type":"listen","stream":{"a":1}}', 1008),
    ],
)
def test_a_frame_that_is_too_big_or_makes_no_sense_ends_the_socket(run, frame, code):
    async def scene():
        async with open_socket() as socket:
            await socket.send_to(text_data=frame)
            assert await closing_code(socket) == code

    run(scene())


@pytest.mark.parametrize("frame", [b"\xff\xfe", b"{}", b"x" * 1_000_000])
def test_binary_frames_end_the_socket(run, frame):
    async def scene():
        async with open_socket() as socket:
            await socket.send_to(bytes_data=frame)
            assert await closing_code(socket) in (1008, 1009)

    run(scene())


def test_too_many_frames_end_the_socket_and_others_go_on(run):
    async def scene():
        async with open_socket() as flood, open_socket() as calm:
            for _ in range(300):
                await flood.send_to(text_data='{"type":"ping"}')
            assert await closing_code(flood) == 4429
            assert (await listen(calm, "open:1"))["type"] == "listening"

    run(scene())


def test_the_fifty_first_stream_ends_the_socket(run):
    async def scene():
        async with open_socket() as socket:
            for number in range(50):
                assert (await listen(socket, f"open:{number}"))["type"] == "listening"
            assert (await listen(socket, "open:1"))["type"] == "listening"
            await socket.send_json_to({"type": "listen", "stream": "open:51"})
            assert await closing_code(socket) == 1008

    run(scene())


def test_the_twenty_first_socket_of_a_person_closes_the_oldest(run, cast):
    cookie = session_cookie(cast.ana)

    async def scene():
        sockets: list[WebsocketCommunicator] = []
        async with asyncio.timeout(20):
            contexts = [open_socket(cookie) for _ in range(21)]
            for context in contexts:
                sockets.append(await context.__aenter__())
            assert await closing_code(sockets[0]) == 4429
            await sockets[1].send_json_to({"type": "ping"})
            assert (await hear(sockets[1]))["type"] == "pong"
            for context in contexts:
                await context.__aexit__(None, None, None)

    run(scene())


def test_a_page_that_says_nothing_is_taken_for_gone(run, monkeypatch):
    monkeypatch.setattr(consumer, "SILENCE", 0.1)
    monkeypatch.setattr(consumer, "LOOK_EVERY", 0.2)

    async def scene():
        async with open_socket() as socket:
            assert await closing_code(socket) == 1001

    run(scene())


def test_a_person_who_lost_what_they_listened_to_is_shown_the_door(run, cast, monkeypatch):
    """The safety net, should the order to close have been lost."""
    monkeypatch.setattr(consumer, "CHECK_AGAIN", 0.1)
    monkeypatch.setattr(consumer, "LOOK_EVERY", 0.2)
    may = {"answer": True}
    streams.stream("fragile")(lambda person, key: may["answer"])
    cookie = session_cookie(cast.ana)

    async def scene():
        async with open_socket(cookie) as socket:
            assert (await listen(socket, "fragile:1"))["type"] == "listening"
            may["answer"] = False
            assert await closing_code(socket) == 4403

    run(scene())
