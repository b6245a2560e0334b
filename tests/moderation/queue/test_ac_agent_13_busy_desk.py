"""AC-AGENT-13, as far as no clock is asked: with 5,000 open items the queue costs what it costs with fifty, and all of
fifty agents hear of each claim exactly once and in one order. `python -m bench.agents` measures the seconds."""

import asyncio
import json
import re
from datetime import timedelta

import httpx
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.utils import timezone
from websockets.asyncio.client import connect

from community.people.models import Grant, Person
from community.people.roles import Role
from moderation.queue.models import Claim, Item
from tests.jobs import work
from tests.loops import run_loop
from tests.scenes import as_

ITEMS, FEW, AGENTS = 5_000, 50, 50
PAGES = ["/desk/", "/desk/?view=waiting", "/desk/?view=waiting&q=charge", "/desk/news/?view=waiting"]
TOKEN = "t" * 32
OF_ITEM = re.compile(r'data-item="(\d+)"')


def open_items(cast, count: int) -> list[Item]:
    """Questions that wait, the first one the longest."""
    now = timezone.now()
    rows = (
        Item(
            kind=Item.Kind.QUESTION, title=f"Case {number} does not charge", customer=cast.chris, product=cast.beam2,
            waiting_since=now - timedelta(minutes=count - number), ranks_at=now - timedelta(minutes=count - number),
        )
        for number in range(count)
    )  # fmt: skip
    return Item.objects.bulk_create(rows)


class Reading:
    """Counts the statements of a request, and the rows that came back for them."""

    def __init__(self) -> None:
        self.statements = self.rows = 0

    def __call__(self, execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        self.statements += 1
        self.rows += max(0, context["cursor"].rowcount)
        return answer


def cost_of(client, page: str) -> tuple[int, int]:
    client.get(page)  # what is kept between requests is kept now
    with connection.execute_wrapper(reading := Reading()):
        assert client.get(page).status_code == 200
    return reading.statements, reading.rows


def test_ac_agent_13_five_thousand_open_items_cost_the_queries_and_rows_of_fifty(client, cast):
    client.force_login(cast.dora)
    open_items(cast, FEW)
    few = {page: cost_of(client, page) for page in PAGES}
    open_items(cast, ITEMS - FEW)
    assert Item.objects.filter(state=Item.State.OPEN).count() == ITEMS
    for page in PAGES:
        assert cost_of(client, page) == few[page], page
    assert max(statements for statements, _rows in few.values()) <= 30
    assert f"{ITEMS}</span>" in client.get("/desk/?view=waiting").content.decode()


def test_ac_agent_13_a_claim_costs_few_statements_at_its_own_desk_in_the_worker_and_at_the_next_look(client, cast):
    client.force_login(cast.dora)
    first, second = open_items(cast, FEW)[:2]
    client.get("/desk/")
    for item in (first, second):  # what is planned once has been planned by the first
        with connection.execute_wrapper(claiming := Reading()):
            assert client.post(f"/desk/items/{item.pk}/claim/", headers={"HX-Request": "true"}).status_code == 200
        with connection.execute_wrapper(telling := Reading()):
            work()
        with connection.execute_wrapper(looking := Reading()):
            assert client.get("/desk/").status_code == 200
    assert claiming.statements <= 26
    assert telling.statements <= 13
    assert looking.statements <= 13


def agents() -> list[str]:
    """Fifty of the team who are signed in; their cookies."""
    people = Person.objects.bulk_create(
        Person(username=f"agent{n}", username_key=f"agent{n}", email=f"agent{n}@example.org", password="!")
        for n in range(AGENTS)
    )
    Grant.objects.bulk_create(Grant(person=one, role=Role.AGENT, reason="the busy day") for one in people)
    Authenticator.objects.bulk_create(Authenticator(user=one, type="totp", data={}) for one in people)
    name = settings.SESSION_COOKIE_NAME
    return [f"{name}={as_(one).cookies[name].value}; {settings.CSRF_COOKIE_NAME}={TOKEN}" for one in people]


async def hear(url: str, cookie: str, is_ready: asyncio.Event, wanted: int) -> list[tuple[int, int]]:
    """A desk's socket: number and item of each frame, until as many have come as there were claims, and no more do."""
    heard: list[tuple[int, int]] = []
    address = url.replace("http", "ws") + "/live/"
    async with connect(address, additional_headers={"Cookie": cookie}, origin=url, open_timeout=30) as line:
        await line.send(json.dumps({"type": "listen", "stream": "queue:all"}))
        assert json.loads(await line.recv())["type"] == "listening"
        is_ready.set()
        while True:
            try:
                frame = json.loads(await asyncio.wait_for(line.recv(), 30 if len(heard) < wanted else 1))
            except TimeoutError:
                return heard
            if found := OF_ITEM.search(frame.get("html", "")):
                heard.append((frame["seq"], int(found[1])))


async def take_all(url: str, cookies: list[str], items: list[Item]) -> list[list[tuple[int, int]]]:
    """All listen; then each looks at the queue and claims something of their own, a few at a time."""
    ready = [asyncio.Event() for _cookie in cookies]
    pairs = zip(cookies, ready, strict=True)
    desks = [asyncio.create_task(hear(url, cookie, is_ready, len(cookies))) for cookie, is_ready in pairs]
    await asyncio.wait_for(asyncio.gather(*(one.wait() for one in ready)), 30)
    at_once = asyncio.Semaphore(8)

    async def take(cookie: str, item: Item) -> None:
        headers = {"Cookie": cookie, "X-CSRFToken": TOKEN, "HX-Request": "true", "Referer": url}
        async with at_once:
            assert (await client.get("/desk/?view=waiting", headers=headers)).status_code == 200
            assert (await client.post(f"/desk/items/{item.pk}/claim/", headers=headers)).status_code == 200

    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        await asyncio.gather(*(take(*pair) for pair in zip(cookies, items, strict=True)))
    return await asyncio.gather(*desks)


@pytest.mark.slow
def test_ac_agent_13_fifty_agents_hear_of_each_claim_exactly_once_and_in_one_order(live_site, live_cast):
    items = open_items(live_cast, ITEMS)
    mine = items[:: ITEMS // AGENTS]
    desks = run_loop(take_all(live_site.url, agents(), mine))
    assert Claim.objects.count() == AGENTS
    first = desks[0]
    assert sorted(item for _seq, item in first) == sorted(item.pk for item in mine)
    assert [seq for seq, _item in first] == list(range(first[0][0], first[0][0] + AGENTS))
    assert all(desk == first for desk in desks)
