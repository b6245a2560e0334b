"""Lighthouse on the pages where customers arrive: `python -m bench.lighthouse http://localhost:8000`.

Lighthouse is not part of this repository: `npm install lighthouse` in a directory of your own, and say where its
program is in LIGHTHOUSE (default: `lighthouse` on the path). Chromium is Debian's, or what CHROME_PATH names. Each
page is measured as Lighthouse does it by default: a slow phone on a slow line, the cache empty.
"""

import json
import os
import re
import subprocess
import sys
from urllib.request import urlopen

GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
LIST = "/questions/"
PLACES = {
    "home": "/",
    "list": LIST,
    "question": "",
    "ask": "/questions/new/",
    "search": "/search/",
    "results": "/search/?q=bluetooth",
}
NOT_FOR_SEARCH_ENGINES = {"results"}
"""Pages that ask not to be indexed, on purpose: Lighthouse counts that against SEO, and nothing else may."""
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def first_question(site: str) -> str:
    """The page of the newest question."""
    with urlopen(site + LIST) as page:
        found = re.search(r'href="(/questions/\d+/[^"?#]+/)"', page.read().decode())
    if found is None:
        raise SystemExit("There is no question to look at. Is the demo installed?")
    return found[1]


def measure(url: str) -> dict:
    """Lighthouse's own report."""
    program = os.environ.get("LIGHTHOUSE", "lighthouse")
    environment = {"CHROME_PATH": "/usr/bin/chromium", **os.environ}
    command = [program, url, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{url}: {done.stderr[-500:]}")
    return json.loads(done.stdout)


def failing(report: dict, category: str) -> list[str]:
    """The audits that cost points."""
    weights = {ref["id"]: ref["weight"] for ref in report["categories"][category]["auditRefs"]}
    audits = report["audits"]
    return [
        name
        for name, weight in weights.items()
        if weight and (audits[name]["score"] or 0) < 1 and is_scored(audits[name])
    ]


def is_scored(audit: dict) -> bool:
    return audit["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")


def missed(name: str, report: dict) -> list[str]:
    """What is below its goal, with what cost it."""
    found = []
    for category, goal in GOALS.items():
        score = round(100 * (report["categories"][category]["score"] or 0))
        why = failing(report, category)
        if category == "seo" and name in NOT_FOR_SEARCH_ENGINES and why == ["is-crawlable"]:
            continue
        if score < goal:
            found.append(f"{name}: {category} {score}, for {', '.join(why) or 'nothing that is named'}")
    return found


def main(site: str) -> int:
    """Print a table; the exit code says whether all goals are met."""
    wrong: list[str] = []
    print("| page | performance | accessibility | best practices | SEO | LCP ms | blocked ms | layout shift |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, path in PLACES.items():
        report = measure(site + (path or first_question(site)))
        audits = report["audits"]
        scores = [str(round(100 * (report["categories"][category]["score"] or 0))) for category in GOALS]
        vitals = ["largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"]
        numbers = [f"{audits[vital]['numericValue']:.{3 if vital.startswith('cum') else 0}f}" for vital in vitals]
        print(f"| {name} | {' | '.join([*scores, *numbers])} |", flush=True)
        wrong += missed(name, report)
    print("\n".join(wrong) or "All goals are met.")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000"))
