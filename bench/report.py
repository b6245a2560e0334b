"""What is measured, against which targets, and the table."""

from argparse import Namespace
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench import community  # noqa: E402
from bench.cost import Cost  # noqa: E402
from bench.load import Measured, Visit, measure, warm  # noqa: E402
from bench.texts import Texts  # noqa: E402
from bench.visits import chosen, visits  # noqa: E402
from bench.weights import Weights, weigh  # noqa: E402
from forums.threads.models import Thread  # noqa: E402


def run(base: str, options: Namespace, texts: Texts, cost: Cost) -> int:
    """Measure what was chosen, print the table, answer 0 when every target is met."""
    print(f"filling the database with {options.size:,} threads (once) …", flush=True)
    community.build(options.size, texts)
    community.wait_for_the_worker()
    lines, is_met = [HEAD], True
    print(HEAD)
    for visit in chosen(visits(texts), options.rows):
        line, met = measured(base, visit, options.seconds, cost)
        is_met &= met is not False
        lines.append(line)
        print(line, flush=True)
    if not options.rows:
        weighed, is_light = weights(base)
        lines += weighed
        is_met &= is_light
    if options.write:
        Path(options.write).write_text("\n".join(lines) + "\n")
    return 0 if is_met else 1


def measured(base: str, visit: Visit, seconds: float, cost: Cost) -> tuple[str, bool | None]:
    """The row of a page, and whether it reached what it has to."""
    count = queries(visit)
    if visit.is_warm:
        warm(base, visit)
    measure(base, visit, 1)
    before = cost.seconds()
    found = measure(base, visit, seconds)
    spent = 1000 * (cost.seconds() - before) / max(1.0, found.rate * seconds)
    met = verdict(visit, found, count)
    return row(visit, found, count, spent, met), met


def queries(visit: Visit) -> int | None:
    """Database queries of one visit, in this process, of a page that nobody has seen yet where there are several."""
    if visit.method == "POST":
        return None
    client = Client(headers={"cookie": visit.headers["Cookie"]} if "Cookie" in visit.headers else {})
    client.get(visit.paths[0])
    with CaptureQueriesContext(connection) as seen:
        client.get(visit.paths[min(1, len(visit.paths) - 1)])
    return len(seen)


def weights(base: str) -> tuple[list[str], bool]:
    """The table of what first views weigh, and whether all of them are light enough."""
    pages = {"home": "/", "list": "/questions/", "ask": "/questions/new/", "search": "/search/?q=bluetooth"}
    pages |= {"question": Thread.objects.filter(kind="question").order_by("-pk")[0].get_absolute_url()}
    pages |= {"product": "/products/beam-2/", "reviews": "/products/beam-2/reviews/"}
    found = {name: weigh(base, path) for name, path in pages.items()}
    lines = [WEIGHTS_HEAD, *[weight_row(name, weight) for name, weight in found.items()]]
    print("\n".join(lines), flush=True)
    return lines, all(weight.is_light for weight in found.values())


HEAD = """| page | a second | p50 ms | p95 ms | p99 ms | CPU ms | queries | errors | target | |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---|"""
WEIGHTS_HEAD = """
| first view, gzip | HTML kB | CSS kB | JS kB | requests | target | |
|---|---:|---:|---:|---:|---:|---|"""


def verdict(visit: Visit, found: Measured, count: int | None) -> bool | None:
    if not (visit.target or visit.p50 or visit.p95):
        return None
    is_flat = count is None or count <= 12 or "Cookie" in visit.headers or "search" in visit.paths[0]
    is_quick = found.p50 <= (visit.p50 or found.p50) and found.p95 <= (visit.p95 or found.p95)
    return found.rate >= (visit.target or 0.1) and found.errors == 0 and is_flat and is_quick


def row(visit: Visit, found: Measured, count: int | None, spent: float, met: bool | None) -> str:
    wanted = [f"≥ {visit.target:,.0f}" if visit.target else "", f"p50 ≤ {visit.p50:.0f}" if visit.p50 else ""]
    wanted += [f"p95 ≤ {visit.p95:.0f}" if visit.p95 else ""]
    return (
        f"| {visit.name} | {found.rate:,.0f} | {found.p50:.1f} | {found.p95:.1f} | {found.p99:.1f} | {spent:.2f} | "
        f"{'' if count is None else count} | {found.errors} | {', '.join(filter(None, wanted))} | {MARKS[met]} |"
    )


def weight_row(name: str, found: Weights) -> str:
    return (
        f"| {name} | {found.html / 1000:.1f} | {found.css / 1000:.1f} | {found.js / 1000:.1f} | {found.requests} | "
        f"≤ 30, 20, 45; 12 | {MARKS[found.is_light]} |"
    )


MARKS = {None: "", True: "met", False: "**missed**"}
