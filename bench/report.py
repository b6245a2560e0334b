"""What is measured, against which targets, and the table."""

from pathlib import Path

import django

django.setup()

from bench import community  # noqa: E402
from bench.cost import Cost  # noqa: E402
from bench.load import Measured, Visit, measure  # noqa: E402
from bench.texts import Texts  # noqa: E402
from bench.visits import queries, visits  # noqa: E402
from bench.weights import Weights, weigh  # noqa: E402
from forums.threads.models import Thread  # noqa: E402


def run(base: str, seconds: float, file: str, size: int, texts: Texts, cost: Cost) -> int:
    """Measure everything, print the table, answer 0 when every target is met."""
    print(f"filling the database with {size:,} threads (once) …", flush=True)
    community.build(size, texts)
    lines, is_met = [HEAD], True
    print(HEAD)
    for visit in visits(texts):
        count = queries(visit)
        measure(base, visit, 2)
        before = cost.seconds()
        found = measure(base, visit, seconds)
        spent = 1000 * (cost.seconds() - before) / max(1.0, found.rate * seconds)
        met = verdict(visit, found, count)
        is_met &= met is not False
        lines.append(row(visit, found, count, spent, met))
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
    return found.rate >= (visit.target or 0) and found.errors == 0 and is_flat and is_quick


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
