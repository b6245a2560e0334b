"""AC-PRIV-5 over the one socket: typing and presence both ways, authorised for each chat, and nothing for others."""

import pytest
from asgiref.sync import sync_to_async

from moderation.chat.models import Chat, Seat
from moderation.chat.tasks import look_again
from tests.cast import Cast
from tests.community.live.sockets import closing_code, hear, listen, open_socket, session_cookie
from tests.moderation.chat.scenes import ana_and_dora_chat, sits_down

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    return Cast()


@pytest.fixture
def chat(cast) -> Chat:
    return ana_and_dora_chat(cast)


def in_thread(function):
    return sync_to_async(function, thread_sensitive=False)


async def tell(socket, stream, word):
    await socket.send_json_to({"type": "tell", "stream": stream, "word": word})


async def hear_html(socket, piece: str) -> str:
    """Frames until one shows it."""
    for _frame in range(12):
        frame = await hear(socket)
        if piece in frame.get("html", ""):
            return frame["html"]
    raise AssertionError(piece)


def test_ac_priv_5_typing_and_presence_are_seen_by_the_other_side(cast, chat, run):
    ana, dora = session_cookie(cast.ana), session_cookie(cast.dora)

    async def scene():
        async with open_socket(ana) as hers, open_socket(dora) as desk:
            assert (await listen(hers, chat.stream))["type"] == "listening"
            assert (await listen(desk, chat.stream))["type"] == "listening"
            await tell(hers, chat.stream, "typing")
            await hear_html(desk, 'data-testid="customer-typing"')
            await tell(hers, chat.stream, "here")
            await hear_html(desk, 'data-testid="customer-here"')
            await tell(desk, chat.stream, "typing")
            await hear_html(hers, 'data-testid="agent-typing"')

    run(scene())


def test_a_stranger_can_neither_listen_nor_speak_into_a_chat(cast, chat, run):
    ben, gil = session_cookie(cast.ben), session_cookie(cast.gil)

    async def scene():
        for cookie in (ben, gil, ""):
            async with open_socket(cookie) as socket:
                assert (await listen(socket, chat.stream))["type"] == "refused"
                await tell(socket, chat.stream, "typing")
                assert await socket.receive_nothing(0.2)

    run(scene())
    assert not Seat.objects.filter(chat=chat).exclude(person=cast.dora).exists()


def test_only_single_words_can_be_said(cast, chat, run):
    ana = session_cookie(cast.ana)

    async def scene():
        async with open_socket(ana) as socket:
            await listen(socket, chat.stream)
            await tell(socket, chat.stream, "<b>typing</b>")
            assert await closing_code(socket) == 1008

    run(scene())


def test_ac_priv_5_an_agent_who_disconnects_is_seen_to_be_gone_and_a_colleague_takes_over(cast, chat, run):
    Seat.objects.all().delete()
    ana, dora = session_cookie(cast.ana), session_cookie(cast.dora)

    async def scene():
        async with open_socket(ana) as hers:
            await listen(hers, chat.stream)
            async with open_socket(dora) as desk:
                await listen(desk, f"duty:{cast.dora.pk}")
                await tell(desk, f"duty:{cast.dora.pk}", "here")
                await hear_html(hers, 'data-testid="agent-here"')
            await in_thread(
                lambda: Seat.objects.filter(person=cast.dora).delete()
            )()  # the seconds of a reload are over
            await in_thread(look_again.func)(person_id=cast.dora.pk)
            await hear_html(hers, "has lost the connection")
            await in_thread(sits_down)(cast.emil)
            fresh = await in_thread(lambda: Chat.objects.select_related("agent").get(pk=chat.pk))()
            assert not await in_thread(lambda: fresh.is_agent_here)()
            await in_thread(fresh.join)(by=cast.emil)
            await hear_html(hers, "Emil")

    run(scene())


def test_a_reload_is_not_a_good_bye(cast, chat, run):
    ana = session_cookie(cast.ana)

    async def scene():
        async with open_socket(ana) as socket:
            await listen(socket, chat.stream)
            await tell(socket, chat.stream, "here")
            await hear_html(socket, 'data-testid="customer-here"')

    run(scene())
    assert chat.is_customer_here  # for the seconds that a reload takes


def test_the_bar_tells_the_customer_no_name_but_the_persona(cast, chat, run):
    ana = session_cookie(cast.ana)
    cast.dora.username = "dora"

    async def scene():
        async with open_socket(ana) as socket:
            await listen(socket, chat.stream)
            await in_thread(chat.show)()
            html = (await hear(socket))["html"]
            assert "Dora" in html
            assert "northlight.example" not in html

    run(scene())
