"""Putting load on a page: wrk where it is installed, a small generator of our own where it is not."""

import asyncio
import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import httpx

from bench.times import within

SCRIPT = Path(__file__).with_name("visit.lua")


@dataclass
class Visit:
    """What is asked for: one of these paths at a time, with these headers; POSTs send a fresh text each time."""

    name: str
    paths: list[str]
    headers: dict[str, str]
    method: str = "GET"
    connections: int = 16
    target: float | None = None
    p50: float | None = None
    p95: float | None = None
    is_warm: bool = False
    """Whether each page has been visited before: what is asked for is how often it can be shown, not made."""


@dataclass
class Measured:
    """Requests a second, milliseconds, and how many answers were not 2xx or 3xx."""

    rate: float
    p50: float
    p95: float
    p99: float
    errors: int


def warm(base: str, visit: Visit) -> None:
    """Each page once or, so that every process of the site has had it, often when there are few."""
    with httpx.Client(base_url=base, timeout=30) as client:
        for path in visit.paths * max(1, min(20, 240 // len(visit.paths))):
            client.get(path, headers=visit.headers)


def measure(base: str, visit: Visit, seconds: float) -> Measured:
    return (with_wrk if shutil.which("wrk") else with_httpx)(base, visit, seconds)


def with_wrk(base: str, visit: Visit, seconds: float) -> Measured:
    command = ["wrk", "-t1", f"-c{visit.connections}", f"-d{max(1, round(seconds))}s", "-s", str(SCRIPT), base]
    environment = {"BENCH_METHOD": visit.method, "PATH": os.environ["PATH"]}
    environment["BENCH_HEADERS"] = "\n".join(f"{name}\t{value}" for name, value in visit.headers.items())
    with NamedTemporaryFile("w") as paths:
        paths.write("\n".join(visit.paths))
        paths.flush()
        environment["BENCH_PATHS"] = paths.name
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise RuntimeError(f"wrk said nothing for {visit.name}: {done.stdout[-500:]} {done.stderr[-500:]}")
    return Measured(**json.loads(lines[-1]))


def with_httpx(base: str, visit: Visit, seconds: float) -> Measured:
    return asyncio.run(_with_httpx(base, visit, seconds))


async def _with_httpx(base: str, visit: Visit, seconds: float) -> Measured:
    took: list[float] = []
    errors = 0
    end = time.monotonic() + seconds

    async def visitor(number: int, client: httpx.AsyncClient) -> None:
        nonlocal errors
        while time.monotonic() < end:
            begun, path = time.monotonic(), visit.paths[(len(took) + number) % len(visit.paths)]
            data = {"text": text_of(len(took)), "once": f"b{begun}{number}"} if visit.method == "POST" else None
            response = await client.request(visit.method, path, headers=visit.headers, data=data)
            took.append((time.monotonic() - begun) * 1000)
            errors += response.status_code >= 400

    async with httpx.AsyncClient(base_url=base, timeout=30) as client:
        await asyncio.gather(*[visitor(number, client) for number in range(visit.connections)])
    return Measured(len(took) / seconds, *(within(took, share) for share in (0.5, 0.95, 0.99)), errors)


def text_of(number: int) -> str:
    return f"Turn the newer codec off in the app, then pair it again. It worked here, try {number}."
