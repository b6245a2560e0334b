"""A strict reader of JSON-LD: what Google asks of Q&A pages, forum postings, products, profiles and breadcrumbs."""

import json
import re
from datetime import datetime
from typing import Any

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
NEEDED = {
    "QAPage": {"mainEntity"},
    "Question": {"name", "text", "answerCount", "author", "datePublished", "upvoteCount", "url"},
    "Answer": {"text", "url", "upvoteCount", "author", "datePublished"},
    "Person": {"name"},
    "Organization": {"name"},
    "Brand": {"name"},
    "Product": {"name", "url"},
    "ProfilePage": {"mainEntity", "dateCreated"},
    "InteractionCounter": {"interactionType", "userInteractionCount"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "DiscussionForumPosting": {"author", "datePublished", "headline", "url"},
}
NEVER = {"aggregateRating", "review", "ratingValue"}


def told(page: str) -> list[dict[str, Any]]:
    """All that a page tells."""
    found: list[dict[str, Any]] = []
    for block in BLOCK.findall(page):
        value = json.loads(block)
        found += value if isinstance(value, list) else [value]
    return found


def wrong(value: Any, path: str = "") -> list[str]:
    """What a validator would complain of; empty when nothing."""
    if isinstance(value, list):
        return [fault for number, part in enumerate(value) for fault in wrong(part, f"{path}[{number}]")]
    if not isinstance(value, dict):
        return []
    kind = value.get("@type", "")
    if kind not in NEEDED:
        return [f"{path}: unknown type {kind!r}"]
    faults = [f"{path}{kind}: no {name}" for name in NEEDED[kind] if value.get(name) in (None, "", [])]
    faults += [f"{path}{kind}: {name}" for name in NEVER & set(value)]
    for name, inner in value.items():
        if name.startswith("date"):
            faults += [] if datetime.fromisoformat(inner).tzinfo else [f"{path}{kind}.{name}: no zone"]
        if name in ("url", "item") and not str(inner).startswith("http"):
            faults.append(f"{path}{kind}.{name}: {inner}")
        faults += wrong(inner, f"{path}{kind}.{name} ")
    return faults + (wrong_question(value) if kind == "Question" else [])


def wrong_question(question: dict[str, Any]) -> list[str]:
    """A question of a Q&A page has answers, at most one of them accepted, and as many as it says."""
    accepted, others = question.get("acceptedAnswer"), question.get("suggestedAnswer", [])
    faults = ["more than one accepted answer"] if isinstance(accepted, list) else []
    shown = len(others) + bool(accepted)
    if not shown:
        faults.append("a Q&A page without an answer")
    if question["answerCount"] < shown:
        faults.append("fewer answers counted than told")
    return faults


def of_type(page: str, kind: str) -> list[dict[str, Any]]:
    """The parts of one type, at the top of a page."""
    return [part for part in told(page) if part["@type"] == kind]
