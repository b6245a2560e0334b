"""What browsers say to find each other goes over the one socket, is asked for each time, and only to the other side."""

import pytest
from asgiref.sync import sync_to_async

from moderation.calls.models import Call
from tests.cast import Cast
from tests.community.live.sockets import hear, listen, open_socket, session_cookie
from tests.moderation.calls.scenes import ana_rings, dora_answers

pytestmark = pytest.mark.django_db(transaction=True)
OFFER = {"kind": "offer", "page": "a" * 16, "sdp": "v=0"}


@pytest.fixture
def cast(transactional_db):
    return Cast()


def in_thread(function):
    return sync_to_async(function, thread_sensitive=False)


async def signal(socket, stream, data=OFFER):
    await socket.send_json_to({"type": "signal", "stream": stream, "data": data})


async def hear_signal(socket) -> dict:
    """Frames until one is a signal."""
    for _frame in range(12):
        frame = await hear(socket)
        if frame.get("event") == "signal":
            return frame
    raise AssertionError


def test_each_side_hears_the_other_and_the_site_says_from_which_side_it_is(cast, run):
    call = dora_answers(cast)
    ana, dora = session_cookie(cast.ana), session_cookie(cast.dora)

    async def scene():
        async with open_socket(ana) as hers, open_socket(dora) as desk:
            assert (await listen(hers, call.stream))["type"] == "listening"
            assert (await listen(desk, call.stream))["type"] == "listening"
            await signal(hers, call.stream, {**OFFER, "side": "team"})
            heard = await hear_signal(desk)
            assert (heard["side"], heard["data"]["sdp"]) == ("customer", "v=0")
            await signal(desk, call.stream, {"kind": "answer"})
            assert (await hear_signal(hers))["side"] == "customer"
            assert (await hear_signal(hers))["side"] == "team"

    run(scene())


def test_a_strangers_signals_and_those_of_another_agent_are_refused(cast, run):
    call = dora_answers(cast)
    dora, others = session_cookie(cast.dora), [session_cookie(p) for p in (cast.ben, cast.emil, cast.gil)]

    async def scene():
        async with open_socket(dora) as desk:
            await listen(desk, call.stream)
            for cookie in [*others, ""]:
                async with open_socket(cookie) as socket:
                    assert (await listen(socket, call.stream))["type"] == "refused"
                    await signal(socket, call.stream)
                    assert (await hear(socket))["type"] == "refused"
            assert await desk.receive_nothing(0.3)

    run(scene())


def test_nobody_is_on_the_line_before_the_answer(cast, run):
    call = ana_rings(cast)
    ana, dora = session_cookie(cast.ana), session_cookie(cast.dora)

    async def scene():
        async with open_socket(ana) as hers, open_socket(dora) as desk:
            assert (await listen(hers, call.stream))["type"] == "listening"
            await signal(hers, call.stream)
            assert (await hear(hers))["type"] == "refused"
            assert (await listen(desk, call.stream))["type"] == "refused"

    run(scene())


@pytest.mark.parametrize("how", ["hung up", "closed"])
def test_signals_of_what_is_over_are_refused_although_the_page_still_listens(cast, run, how):
    call = dora_answers(cast)
    ana = session_cookie(cast.ana)

    def end():
        fresh = Call.objects.select_related("conversation", "agent").get(pk=call.pk)
        if how == "hung up":
            fresh.hang_up(by=cast.dora)
        else:
            fresh.conversation.close(by=cast.dora, result="solved", note="")

    async def scene():
        async with open_socket(ana) as hers:
            await listen(hers, call.stream)
            await in_thread(end)()
            await signal(hers, call.stream)
            for _frame in range(6):
                frame = await hear(hers)
                assert frame.get("event") != "signal"
                if frame["type"] == "refused":
                    break
            assert frame["type"] == "refused"

    run(scene())


def test_pages_say_that_they_are_there_and_that_the_voice_has_come(cast, run):
    call = dora_answers(cast)
    ana = session_cookie(cast.ana)

    async def scene():
        async with open_socket(ana) as hers:
            await listen(hers, call.stream)
            await hers.send_json_to({"type": "tell", "stream": call.stream, "word": "through"})
            for _frame in range(4):
                html = (await hear(hers)).get("html", "")
                if 'data-state="connected"' in html:
                    break
            assert 'data-state="connected"' in html

    run(scene())
