"""Who hears what on the site's one socket."""

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction

from community.live.broadcasting import broadcast, close_sockets
from community.live.hub import hub
from tests.community.live.sockets import PATIENCE, closing_code, hear, listen, open_socket, session_cookie, visit

pytestmark = pytest.mark.usefixtures("open_streams")


def say(stream, **fields):
    """Broadcast a real fragment, as a verb does."""
    return sync_to_async(broadcast, thread_sensitive=False)(
        stream, "components/_preview.html", {"html": "hi"}, **fields
    )


def test_whoever_listens_gets_the_fragment_with_a_number(run):
    async def scene():
        async with open_socket() as socket:
            assert (await listen(socket, "open:1"))["type"] == "listening"
            await say("open:1", event="answered")
            first = await hear(socket)
            assert (first["stream"], first["event"]) == ("open:1", "answered")
            assert "hi" in first["html"]
            await say("open:1")
            assert (await hear(socket))["seq"] == first["seq"] + 1

    run(scene())


def test_a_stream_that_nobody_asked_for_is_not_heard(run):
    async def scene():
        async with open_socket() as socket:
            await listen(socket, "open:1")
            await say("open:2")
            assert await socket.receive_nothing(0.3)

    run(scene())


def test_no_longer_listening_is_no_longer_hearing(run):
    async def scene():
        async with open_socket() as socket:
            await listen(socket, "open:1")
            await socket.send_json_to({"type": "unlisten", "stream": "open:1"})
            await socket.send_json_to({"type": "ping"})
            assert (await hear(socket))["type"] == "pong"
            await say("open:1")
            assert await socket.receive_nothing(0.3)

    run(scene())


@pytest.mark.parametrize("name", ["mine:1", "unknown:1", "broken:1", "open", "open:", "open:../1", "open:1 2", ""])
def test_what_may_not_be_heard_is_refused_alike(run, name):
    async def scene():
        async with open_socket() as socket:
            assert (await listen(socket, name))["type"] == "refused"
            await say(name)
            assert await socket.receive_nothing(0.2)

    run(scene())


def test_the_question_is_asked_about_the_person_of_the_session(run, cast):
    cookie, other = session_cookie(cast.ana), session_cookie(cast.mallory)

    async def scene():
        async with open_socket(cookie) as ana, open_socket(other) as mallory:
            assert (await listen(ana, f"mine:{cast.ana.pk}"))["type"] == "listening"
            assert (await listen(mallory, f"mine:{cast.ana.pk}"))["type"] == "refused"

    cast.ana, cast.mallory  # noqa: B018 - made before the loop runs
    run(scene())


def test_nothing_is_sent_for_what_was_rolled_back(run, transactional_db):
    def regretted():
        with transaction.atomic():
            broadcast("open:1", "components/_preview.html", {"html": "never"})
            transaction.set_rollback(True)

    async def scene():
        async with open_socket() as socket:
            await listen(socket, "open:1")
            await sync_to_async(regretted, thread_sensitive=False)()
            assert await socket.receive_nothing(0.3)

    run(scene())


def test_who_returns_after_a_gap_is_told_what_was_missed(run):
    """B7: a hundred frames while away; the page then fetches what changed, none lost, none doubled."""

    async def scene():
        async with open_socket() as socket:
            seen = (await listen(socket, "open:7"))["seq"]
        for _ in range(100):
            await say("open:7")
        async with open_socket() as socket:
            answer = await listen(socket, "open:7", since=seen)
            assert answer["missed"] is True
            assert answer["seq"] == seen + 100
            again = await listen(socket, "open:7", since=answer["seq"])
            assert again["missed"] is False
            assert await socket.receive_nothing(0.2)

    run(scene())


def test_ac_note_3_a_number_that_the_server_no_longer_has_is_a_gap(run):
    """The counting began anew while the page slept: it hears so, fetches what there is, and goes on from there."""

    async def scene():
        async with open_socket() as socket:
            answer = await listen(socket, "open:4711", since=41)
            assert (answer["seq"], answer["missed"]) == (0, True)
            assert (await listen(socket, "open:4711", since=answer["seq"]))["missed"] is False
            await say("open:4711")
            assert (await hear(socket))["seq"] == 1

    run(scene())


def test_a_page_older_than_the_newest_version_learns_it_when_it_begins_to_listen(run):
    async def scene():
        await say("open:8", version=5)
        async with open_socket() as socket:
            assert (await listen(socket, "open:8", version=4))["missed"] is True
            assert (await listen(socket, "open:8", version=5))["missed"] is False

    run(scene())


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://testserver.evil.example", "http://sub.testserver",
               "http://testserver:81", "http://testserver@evil.example", "ftp://testserver", "testserver", ""],
)  # fmt: skip
def test_a_handshake_from_another_page_is_refused(run, origin):
    """B1."""

    async def scene():
        is_in, _ = await visit(origin=origin).connect(timeout=PATIENCE)
        assert not is_in

    run(scene())


def test_two_origins_are_none(run):
    async def scene():
        socket = visit()
        socket.scope["headers"].append((b"origin", b"http://testserver"))
        assert not (await socket.connect(timeout=PATIENCE))[0]

    run(scene())


def test_other_paths_have_no_socket(run):
    async def scene():
        assert not (await visit(path="/live/other/").connect(timeout=PATIENCE))[0]

    run(scene())


def test_a_session_that_is_over_is_refused(run, cast):
    cookie = session_cookie(cast.ana)
    cast.ana.set_password("something else entirely")
    cast.ana.save()

    async def scene():
        for bad in (cookie, "sessionid=" + "x" * 32):
            assert not (await visit(bad).connect(timeout=PATIENCE))[0]

    run(scene())


def test_a_person_who_may_not_sign_in_is_refused(run, cast):
    cookie = session_cookie(cast.ana)
    type(cast.ana).objects.filter(pk=cast.ana.pk).update(is_active=False)

    async def scene():
        assert not (await visit(cookie).connect(timeout=PATIENCE))[0]

    run(scene())


def test_showing_a_person_the_door_closes_all_their_sockets_and_nobody_elses(run, cast):
    ana, ben = cast.ana, cast.ben
    cookies = [session_cookie(ana), session_cookie(ana), session_cookie(ben)]

    async def scene():
        async with open_socket(cookies[0]) as one, open_socket(cookies[1]) as two, open_socket(cookies[2]) as bens:
            await listen(one, "open:1")
            await sync_to_async(close_sockets, thread_sensitive=False)(ana)
            assert [await closing_code(one), await closing_code(two)] == [4403, 4403]
            await say("open:1")
            assert await one.receive_nothing(0.2)
            assert (await listen(bens, "open:1"))["type"] == "listening"

    run(scene())


def test_a_slow_page_is_closed_and_does_not_fill_the_memory(run):
    async def scene():
        async with open_socket() as socket:
            await listen(socket, "open:1")
            (connected,) = hub.sockets.values()
            for number in range(500):
                connected.offer(f'{{"n":{number}}}')
            assert await closing_code(socket) == 1013
            assert connected.waiting.qsize() == 0

    run(scene())


def test_what_nobody_listens_to_is_neither_read_nor_rendered(run):
    asked = []

    def context():
        asked.append(1)
        return {"html": "hi"}

    async def scene():
        tell = sync_to_async(broadcast, thread_sensitive=False)
        async with open_socket() as socket:
            await tell("open:9", "components/_preview.html", context)
            assert asked == []
            await listen(socket, "open:9")
            await tell("open:9", "components/_preview.html", context)
            assert "hi" in (await hear(socket))["html"]
            assert asked == [1]

    run(scene())
