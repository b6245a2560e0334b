"""What is measured, against which targets, and the table."""

from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench import community  # noqa: E402
from bench.load import Measured, Visit, measure  # noqa: E402
from bench.weights import Weights, weigh  # noqa: E402
from community.people.models import Person  # noqa: E402
from forums.threads.models import Thread  # noqa: E402

UNKEPT = {"X-Requested-With": "bench"}
"""Sends a signed-out visit past the front's memory."""
TOKEN = "t" * 32


def visits() -> list[Visit]:
    threads = list(Thread.objects.order_by("-pk")[:3000])
    warm, posts = [t.get_absolute_url() for t in threads[:200]], [f"/threads/{t.pk}/reply/" for t in threads[200:1200]]
    cold = [t.get_absolute_url() for t in threads[1200:]]
    person = Person.objects.get(username="owner1")
    mine = {"Cookie": cookies_of(person)}
    posting = {**mine, "X-CSRFToken": TOKEN}
    return [
        Visit("constant page", ["/health/"], {}),
        Visit("home, uncached", ["/"], UNKEPT),
        Visit("list, uncached", ["/questions/"], UNKEPT, target=300),
        Visit("question, uncached", warm, UNKEPT, target=300),
        Visit("question, never seen before", cold, UNKEPT),
        Visit("home, ready", ["/"], {}, connections=32),
        Visit("list, ready", ["/questions/"], {}, connections=32, target=10_000),
        Visit("question, ready", warm, {}, connections=32, target=10_000),
        Visit("question, signed in", warm, mine, target=200),
        Visit("posting an answer", posts, posting, "POST", connections=4, target=100, p50=40),
        Visit("constant page, again", ["/health/"], {}),
    ]


def cookies_of(person: Person) -> str:
    client = Client()
    client.force_login(person)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def queries(visit: Visit) -> int | None:
    """Database queries of one visit, the second of its kind, in this process."""
    if visit.method == "POST":
        return None
    client = Client(headers={"cookie": visit.headers["Cookie"]} if "Cookie" in visit.headers else {})
    client.get(visit.paths[0])
    with CaptureQueriesContext(connection) as seen:
        client.get(visit.paths[min(1, len(visit.paths) - 1)])
    return len(seen)


def run(base: str, seconds: float, file: str) -> int:
    """Measure everything, print the table, answer 0 when every target is met."""
    print("filling the database (once) …", flush=True)
    community.build()
    lines, is_met = [HEAD], True
    for visit in visits():
        count = queries(visit)
        measure(base, visit, 2)
        found = measure(base, visit, seconds)
        met = verdict(visit, found, count)
        is_met &= met is not False
        lines.append(row(visit, found, count, met))
        print(lines[-1], flush=True)
    pages = {"home": "/", "list": "/questions/", "question": Thread.objects.order_by("-pk")[0].get_absolute_url()}
    lines.append(WEIGHTS_HEAD)
    for name, path in pages.items():
        weights = weigh(base, path)
        is_met &= weights.is_light
        lines.append(weight_row(name, weights))
        print(lines[-1], flush=True)
    text = "\n".join(lines)
    print("\n" + text)
    if file:
        Path(file).write_text(text + "\n")
    return 0 if is_met else 1


HEAD = """| page | a second | p50 ms | p95 ms | p99 ms | queries | errors | target | |
|---|---:|---:|---:|---:|---:|---:|---:|---|"""
WEIGHTS_HEAD = """
| first view, gzip | HTML kB | CSS kB | JS kB | requests | target | |
|---|---:|---:|---:|---:|---:|---|"""


def verdict(visit: Visit, found: Measured, count: int | None) -> bool | None:
    if visit.target is None:
        return None
    is_flat = count is None or count <= 12 or "Cookie" in visit.headers
    return found.rate >= visit.target and found.errors == 0 and is_flat and (not visit.p50 or found.p50 <= visit.p50)


def row(visit: Visit, found: Measured, count: int | None, met: bool | None) -> str:
    target = f"≥ {visit.target:,.0f}" if visit.target else ""
    target += f", p50 ≤ {visit.p50:.0f}" if visit.p50 else ""
    return (
        f"| {visit.name} | {found.rate:,.0f} | {found.p50:.1f} | {found.p95:.1f} | {found.p99:.1f} | "
        f"{'' if count is None else count} | {found.errors} | {target} | {MARKS[met]} |"
    )


def weight_row(name: str, found: Weights) -> str:
    return (
        f"| {name} | {found.html / 1000:.1f} | {found.css / 1000:.1f} | {found.js / 1000:.1f} | {found.requests} | "
        f"≤ 30, 20, 45; 12 | {MARKS[found.is_light]} |"
    )


MARKS = {None: "", True: "met", False: "**missed**"}
