"""A wave of spam against the real site: `python -m bench.spam_wave`, 10,000 posts from 200 accounts, on this machine.

It starts a site of its own, lets honest people write beside the wave, and says at the end: how long spam could be
seen after the alarm, whether a mail told of any, what became of honest posts, and what pages took before and meanwhile.
"""

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from bench.place import NO_LIMITS, ROOT, running_site, settle, wipe

asked = argparse.ArgumentParser(prog="bench.spam_wave")
asked.add_argument("--posts", type=int, default=10_000)
asked.add_argument("--accounts", type=int, default=200)
asked.add_argument("--at-once", type=int, default=8)
asked.add_argument("--a-second", type=float, default=20, help="no more posts than this")
asked.add_argument("--no-limits", action="store_true", help="without the limits of new members: all of it comes in")
options = asked.parse_args()
wipe(ROOT / "var" / "bench-wave")
settle(ROOT / "var" / "bench-wave", **(NO_LIMITS if options.no_limits else {}))

import django  # noqa: E402 - Django reads its settings here

django.setup()

from bench.wave_scene import Scene  # noqa: E402

TOKEN = "t" * 32
QUESTIONS, HONEST = 40, 20
ALLOWED = 60.0
WORDS = ("great", "cheap", "best", "new", "amazing", "original", "today", "order", "free", "sale", "deal", "gift")


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
    last_seen: float = 0.0
    most_seen: int = 0


def main() -> int:
    with running_site() as (base, _process):
        scene = Scene.make(options.accounts, HONEST, QUESTIONS)
        result = Result()
        asyncio.run(happen(base, scene, options, result))
        return report(scene, options, result)


async def happen(base: str, scene: Any, options: Any, result: Result) -> None:
    """Quiet first, then the wave with readers and honest writers beside it, then the time until it is out of sight."""
    limits = httpx.Limits(max_connections=options.at_once + 8)
    async with httpx.AsyncClient(base_url=base, timeout=60, limits=limits) as client:
        await asyncio.gather(*(read(client, scene, result.before, 120) for _ in range(2)))
        result.first = time.monotonic()
        work: asyncio.Queue[int] = asyncio.Queue()
        for number in range(options.posts):
            work.put_nowait(number)
        stop = asyncio.Event()
        beside = [
            asyncio.create_task(read(client, scene, result.meanwhile, 10**9, stop)),
            asyncio.create_task(read(client, scene, result.meanwhile, 10**9, stop)),
            asyncio.create_task(write_honestly(client, scene, result, stop)),
            asyncio.create_task(watch(scene, result, stop)),
        ]
        await asyncio.gather(*(spam(client, scene, work, result) for _ in range(options.at_once)))
        result.done = time.monotonic()
        await asyncio.to_thread(scene.until_delivered, 300)
        await asyncio.sleep(3)
        stop.set()
        await asyncio.gather(*beside)


async def spam(client: httpx.AsyncClient, scene: Any, work: Any, result: Result) -> None:
    """One sender: the same offer in other words, from account to account."""
    while not work.empty():
        number = work.get_nowait()
        await asyncio.sleep(max(0.0, result.first + number / options.a_second - time.monotonic()))
        chance = random.Random(number)
        words = " ".join(chance.sample(WORDS, 5))
        text = (
            f"{words}! Everybody gets the miracle cable at https://cheap-cables.example/p{number} with 80 percent off."
        )
        cookies = scene.spammers[number % len(scene.spammers)]
        result.answers[await post(client, scene, cookies, text)] += 1


async def write_honestly(client: httpx.AsyncClient, scene: Any, result: Result, stop: asyncio.Event) -> None:
    """Members of level 2 help as every day."""
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


async def read(client: httpx.AsyncClient, scene: Any, times: list[float], most: int, stop: Any = None) -> None:
    """A visitor past the front's memory, a page each half second."""
    for number in range(most):
        if stop is not None and stop.is_set():
            return
        path = scene.pages[number % len(scene.pages)]
        begun = time.monotonic()
        await client.get(path, headers={"X-Requested-With": "bench"})
        times.append(time.monotonic() - begun)
        await asyncio.sleep(0.1)


async def watch(scene: Any, result: Result, stop: asyncio.Event) -> None:
    """Each half second: is there an alarm, and how much spam can be seen?"""
    while not stop.is_set():
        seen, is_alarm = await asyncio.to_thread(scene.look)
        now = time.monotonic()
        result.most_seen = max(result.most_seen, seen)
        result.alarm = result.alarm or (now if is_alarm else 0.0)
        result.last_seen = now if seen else result.last_seen
        await asyncio.sleep(0.5)


def report(scene: Any, options: Any, result: Result) -> int:
    """The figures, and whether they are what was promised."""
    if not result.meanwhile or not result.before:
        raise SystemExit("Nobody could read a page.")
    p95 = [sorted(times)[int(0.95 * len(times))] * 1000 for times in (result.before, result.meanwhile)]
    facts = scene.facts()
    stayed = max(0.0, result.last_seen - result.alarm) if result.alarm else float("inf")
    lines = [
        ("spam posts sent, from accounts", f"{options.posts}, {options.accounts}"),
        ("answers by status", dict(sorted(result.answers.items()))),
        ("posts a second", f"{options.posts / (result.done - result.first):.1f} (allowed {options.a_second:g})"),
        ("alarm after the first post", f"{result.alarm - result.first:.1f} s"),
        ("most spam to be seen at once", result.most_seen),
        ("last spam to be seen after the alarm", f"{stayed:.1f} s (allowed {ALLOWED:.0f})"),
        ("spam to be seen at the end", facts["seen"]),
        ("mails that tell of spam", facts["mails"]),
        ("accounts with reasons written", facts["statements"]),
        ("honest posts sent, to be seen", f"{sum(result.honest.values())}, {facts['honest']}"),
        ("a page for 95 of 100, before and meanwhile", f"{p95[0]:.0f} ms, {p95[1]:.0f} ms"),
    ]
    for name, value in lines:
        sys.stdout.write(f"{name:<46} {value}\n")
    honest_sent = sum(number for status, number in result.honest.items() if status < 400)
    good = stayed <= ALLOWED and facts["seen"] == 0 and facts["mails"] == 0 and facts["honest"] == honest_sent
    good = good and p95[1] < 2 * p95[0]
    sys.stdout.write("all as promised\n" if good else "NOT as promised\n")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
