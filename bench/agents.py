"""A busy desk: `python -m bench.agents`, with 5,000 open items and 50 agents who have the queue open and work in it.

Each agent holds a socket that listens to the queue, looks at it again every few seconds, and now and then claims an
item or lets it go. It says how long the queue's page takes, and how long after a claim was acknowledged the last of all
desks had heard of it.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from dataclasses import dataclass, field

import httpx
import websockets

from bench.place import NO_LIMITS, ROOT, running_site, settle

asked = argparse.ArgumentParser(prog="bench.agents")
asked.add_argument("--agents", type=int, default=50)
asked.add_argument("--items", type=int, default=5_000, help="open ones")
asked.add_argument("--seconds", type=float, default=30)
asked.add_argument("--rests", type=float, default=5, help="seconds between two looks of an agent at the queue")
asked.add_argument("--port", type=int, default=0)
asked.add_argument("--var", default=str(ROOT / "var" / "bench-agents"))
options = asked.parse_args()
settle(options.var, **NO_LIMITS)

import django  # noqa: E402 - Django reads its settings here

django.setup()

from django.db import connections  # noqa: E402

from bench import community  # noqa: E402
from bench.staff import an_agent  # noqa: E402
from bench.texts import Texts  # noqa: E402
from bench.times import within  # noqa: E402
from bench.visits import TOKEN, cookies_of  # noqa: E402
from moderation.queue.models import Item  # noqa: E402

STREAM = "queue:all"
QUEUE_P95, HEARD_P95 = 400.0, 2000.0
"""Milliseconds that were promised."""


@dataclass
class Day:
    """What the agents have seen so far."""

    items: list[int]
    queue: list[float] = field(default_factory=list)
    claimed: dict[int, float] = field(default_factory=dict)
    heard: dict[int, list[float]] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)
    listening: int = 0


def main() -> int:
    with running_site(options.port) as (base, _process):
        people, items = prepare()
        day = Day(items)
        asyncio.run(work(base, people, day))
        return report(day)


def prepare() -> tuple[list[str], list[int]]:
    """Enough open items (three of five threads have one), and the agents' cookies."""
    community.build(options.items * 5 // 3 + 10, Texts.own())
    community.wait_for_the_worker()
    people = [cookies_of(an_agent(number))["Cookie"] for number in range(options.agents)]
    open_ones = Item.objects.filter(state=Item.State.OPEN, claim_row=None).order_by("ranks_at")
    items = list(open_ones.values_list("pk", flat=True)[: options.items])
    connections.close_all()
    return people, items


async def work(base: str, people: list[str], day: Day) -> None:
    """All of them at once, for a while."""
    end = time.monotonic() + options.seconds + 5
    limits = httpx.Limits(max_connections=options.agents + 4)
    async with httpx.AsyncClient(base_url=base, timeout=30, limits=limits) as client:
        desks = [asyncio.create_task(listen(base, cookie, day, end + 4)) for cookie in people]
        while day.listening < len(people):
            await asyncio.sleep(0.1)
            for desk in desks:
                if desk.done():
                    desk.result()  # says why nobody was let in
        await asyncio.gather(*(agent(client, number, cookie, day, end) for number, cookie in enumerate(people)))
        await asyncio.gather(*desks)


async def listen(base: str, cookie: str, day: Day, end: float) -> None:
    """A desk's socket: when each claim came to be known here."""
    address = base.replace("http", "ws") + "/live/"
    async with websockets.connect(address, additional_headers={"Cookie": cookie}, origin=base) as socket:
        await socket.send(json.dumps({"type": "listen", "stream": STREAM}))
        while (said := json.loads(await asyncio.wait_for(socket.recv(), 20)))["type"] != "listening":
            if said["type"] == "refused":
                raise SystemExit("An agent may not listen to the queue.")
        day.listening += 1
        while (left := end - time.monotonic()) > 0:
            try:
                frame = json.loads(await asyncio.wait_for(socket.recv(), left))
            except TimeoutError:
                return
            for pk in [pk for pk in day.claimed if f'data-item="{pk}"' in frame.get("html", "")]:
                day.heard[pk].append(time.monotonic())


async def agent(client: httpx.AsyncClient, number: int, cookie: str, day: Day, end: float) -> None:
    """Look at the queue, claim something of one's own, look again."""
    chance, mine = random.Random(number), iter(day.items[number :: options.agents])
    await asyncio.sleep(chance.uniform(0, options.rests))
    headers = {"Cookie": cookie, "X-CSRFToken": TOKEN, "Referer": str(client.base_url)}
    while time.monotonic() < end - options.rests:
        begun = time.monotonic()
        response = await client.get("/desk/", headers=headers)
        day.queue.append((time.monotonic() - begun) * 1000)
        day.statuses[response.status_code] = day.statuses.get(response.status_code, 0) + 1
        pk = next(mine)
        day.heard[pk], day.claimed[pk] = [], time.monotonic()
        response = await client.post(f"/desk/items/{pk}/claim/", headers={**headers, "HX-Request": "true"})
        day.statuses[response.status_code] = day.statuses.get(response.status_code, 0) + 1
        await asyncio.sleep(options.rests)


def report(day: Day) -> int:
    """The figures, and whether they are what was promised."""
    last = [1000 * (max(heard) - day.claimed[pk]) for pk, heard in day.heard.items() if heard]
    missed = sum(options.agents - len(heard) for heard in day.heard.values())
    lines = [
        ("looks at the queue, claims", f"{len(day.queue)}, {len(day.claimed)}"),
        ("answers by status", dict(sorted(day.statuses.items()))),
        ("queue, half of them and 95 of 100", f"{within(day.queue, 0.5):.0f}, {within(day.queue, 0.95):.0f} ms"),
        ("all desks know a claim, half and 95 of 100", f"{within(last, 0.5):.0f}, {within(last, 0.95):.0f} ms"),
        ("claims that a desk did not hear of", missed),
    ]
    for name, value in lines:
        sys.stdout.write(f"{name:<46} {value}\n")
    good = within(day.queue, 0.95) < QUEUE_P95 and within(last, 0.95) < HEARD_P95 and not missed
    sys.stdout.write("all as promised\n" if good else "NOT as promised\n")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
