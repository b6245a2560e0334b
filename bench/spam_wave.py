"""A wave of spam against the real site: `python -m bench.spam_wave`, 10,000 posts from 200 accounts, on this machine.

It starts a site of its own, lets honest people write beside the wave, and says at the end: how long spam could be
seen after the alarm, whether a mail told of any, what became of honest posts, and what pages took before and meanwhile.
The accounts are old enough that no limit of new members stops them (`bench/wave_scene.py`), and keep below the pace.
"""

import argparse
import asyncio
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from bench.place import ROOT, running_site, settle, wipe
from bench.times import within
from bench.wave_texts import OFFERS, offered

asked = argparse.ArgumentParser(prog="bench.spam_wave")
asked.add_argument("--posts", type=int, default=10_000)
asked.add_argument("--accounts", type=int, default=200)
asked.add_argument("--at-once", type=int, default=8)
asked.add_argument("--a-second", type=float, default=10, help="no more posts than this")
options = asked.parse_args()
wipe(ROOT / "var" / "bench-wave")
settle(ROOT / "var" / "bench-wave")

import django  # noqa: E402 - Django reads its settings here

django.setup()

from bench.wave_scene import Scene  # noqa: E402

TOKEN = "t" * 32
QUESTIONS, HONEST = 40, 20
ALLOWED = 60.0
SOLD = tuple(offer.name.encode() for offer in OFFERS)


@dataclass
class Result:
    """What was seen."""

    answers: Counter[int] = field(default_factory=Counter)
    honest: Counter[int] = field(default_factory=Counter)
    before: list[float] = field(default_factory=list)
    meanwhile: list[float] = field(default_factory=list)
    alarm: float = 0.0
    first: float = 0.0
    done: float = 0.0
    last_read: float = 0.0
    most_seen: int = 0
    loads: list[float] = field(default_factory=list)


def main() -> int:
    with running_site() as (base, _process):
        scene = Scene.make(options.accounts, HONEST, QUESTIONS)
        result = Result()
        asyncio.run(happen(base, scene, options, result))
        return report(scene, options, result)


async def happen(base: str, scene: Any, options: Any, result: Result) -> None:
    """A day like others first, then the wave, then the time until it is out of sight; members write all the while."""
    limits = httpx.Limits(max_connections=options.at_once + 8)
    async with httpx.AsyncClient(base_url=base, timeout=60, limits=limits) as client:
        stop = asyncio.Event()
        beside = [
            asyncio.create_task(write_honestly(client, scene, result, stop)),
            asyncio.create_task(watch(scene, result, stop)),
        ]
        await asyncio.gather(*(read(client, scene, result, result.before, 300) for _ in range(2)))
        result.first = time.monotonic()
        work: asyncio.Queue[int] = asyncio.Queue()
        for number in range(options.posts):
            work.put_nowait(number)
        beside += [
            asyncio.create_task(read(client, scene, result, result.meanwhile, 10**9, stop)),
            asyncio.create_task(read(client, scene, result, result.meanwhile, 10**9, stop)),
        ]
        await asyncio.gather(*(spam(client, scene, work, result) for _ in range(options.at_once)))
        result.done = time.monotonic()
        await asyncio.to_thread(scene.until_delivered, 300)
        await asyncio.sleep(3)
        stop.set()
        await asyncio.gather(*beside)


async def spam(client: httpx.AsyncClient, scene: Any, work: Any, result: Result) -> None:
    """One sender: the next offer in other words, by the next account."""
    while not work.empty():
        number = work.get_nowait()
        await asyncio.sleep(max(0.0, result.first + number / options.a_second - time.monotonic()))
        cookies = scene.spammers[number % len(scene.spammers)]
        result.answers[await post(client, scene, cookies, offered(number))] += 1


async def write_honestly(client: httpx.AsyncClient, scene: Any, result: Result, stop: asyncio.Event) -> None:
    """Members of level 2 and above help as every day."""
    number = 0
    while not stop.is_set():
        text = f"Number {number}: take the battery out for a minute, then pair it again from the app's second page."
        result.honest[await post(client, scene, scene.members[number % len(scene.members)], text)] += 1
        number += 1
        await asyncio.sleep(2)


async def post(client: httpx.AsyncClient, scene: Any, cookies: str, text: str) -> int:
    """An answer as the page's form sends it."""
    path = f"/threads/{random.choice(scene.threads)}/reply/"
    headers = {"Cookie": f"{cookies}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, "Referer": str(client.base_url)}
    response = await client.post(path, data={"text": text}, headers=headers)
    return response.status_code


async def read(client: httpx.AsyncClient, scene: Any, result: Result, times: list[float], most: int,
               stop: Any = None) -> None:  # fmt: skip
    """A visitor past the front's memory, page after page, who notices what is sold there."""
    for number in range(most):
        if stop is not None and stop.is_set():
            return
        path = scene.pages[number % len(scene.pages)]
        begun = time.monotonic()
        page = await client.get(path, headers={"X-Requested-With": "bench"})
        times.append(time.monotonic() - begun)
        if any(name in page.content for name in SOLD):
            result.last_read = begun
        await asyncio.sleep(0.1)


async def watch(scene: Any, result: Result, stop: asyncio.Event) -> None:
    """Each second: is there an alarm, and how much spam can be seen?"""
    while not stop.is_set():
        seen, is_alarm = await asyncio.to_thread(scene.look)
        result.most_seen = max(result.most_seen, seen)
        result.alarm = result.alarm or (time.monotonic() if is_alarm else 0.0)
        result.loads.append(os.getloadavg()[0])
        await asyncio.sleep(1)


def report(scene: Any, options: Any, result: Result) -> int:
    """The figures, and whether they are what was promised."""
    if not result.meanwhile or not result.before:
        raise SystemExit("Nobody could read a page.")
    p95 = [within(times, 0.95) * 1000 for times in (result.before, result.meanwhile)]
    facts = scene.facts()
    alone = ("seen at the end", "longest", "mails", "statements", "honest")
    lines = [
        ("spam posts sent, from accounts", f"{options.posts}, {options.accounts}"),
        ("answers by status", dict(sorted(result.answers.items()))),
        *((name, value) for name, value in facts.items() if name not in alone),
        ("posts a second", f"{options.posts / (result.done - result.first):.1f} (allowed {options.a_second:g})"),
        ("alarm after the first post", f"{result.alarm - result.first:.1f} s"),
        ("most spam in sight at once", result.most_seen),
        ("longest in sight after the alarm", f"{facts['longest']:.1f} s (allowed {ALLOWED:.0f})"),
        ("last page with spam after the alarm", f"{max(0.0, result.last_read - result.alarm):.1f} s"),
        ("spam in sight at the end", facts["seen at the end"]),
        ("mails that tell of spam", facts["mails"]),
        ("accounts with reasons written", facts["statements"]),
        ("honest posts sent, to be seen", f"{sum(result.honest.values())}, {facts['honest']}"),
        ("a page for 95 of 100, before and meanwhile", f"{p95[0]:.0f} ms, {p95[1]:.0f} ms"),
        ("load of the machine, least and most", f"{min(result.loads):.1f}, {max(result.loads):.1f}"),
    ]
    for name, value in lines:
        sys.stdout.write(f"{name:<50} {value}\n")
    honest_sent = sum(number for status, number in result.honest.items() if status < 400)
    good = facts["longest"] <= ALLOWED and facts["mails"] == 0 and facts["honest"] == honest_sent
    good = good and p95[1] < 2 * p95[0]
    sys.stdout.write("all as promised\n" if good else "NOT as promised\n")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
