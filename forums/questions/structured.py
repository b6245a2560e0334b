"""A question told to search engines: schema.org's QAPage with at most one accepted answer."""

from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext

from community.addresses import absolute
from community.text.structured import breadcrumbs, person
from forums.questions.reading import Reading, Shown


def structured(reading: Reading) -> list[dict[str, Any]]:
    """What a question's page tells search engines. Without an answer, and on later pages, it claims no rich result."""
    told = [trail(reading)]
    if reading.number == 1 and answering(reading):
        told.append(qa_page(reading))
    return told


def trail(reading: Reading) -> dict[str, Any]:
    """Where the question stands: among all of them, under its product."""
    thread = reading.question.thread
    steps = [(gettext("Questions"), "/questions/")]
    if thread.product:
        steps.append((thread.product.name, thread.product.get_absolute_url()))
    return breadcrumbs(*steps, (thread.title, thread.get_absolute_url()))


def qa_page(reading: Reading) -> dict[str, Any]:
    """The JSON-LD of a question's page. The accepted answer is the verified one, else the most voted accepted one."""
    thread = reading.question.thread
    answers = answering(reading)
    accepted = best(answers)
    question: dict[str, Any] = {
        "@type": "Question",
        "name": thread.title,
        **_told(reading.opening),
        "url": absolute(thread.get_absolute_url()),
        "answerCount": max(thread.attempt_count, len(answers)),
    }
    if accepted:
        question["acceptedAnswer"] = _answer(accepted)
    if others := [_answer(row) for row in answers if row is not accepted]:
        question["suggestedAnswer"] = others
    return {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question}


def answering(reading: Reading) -> list[Shown]:
    """The answers of a page that are there and try to solve it."""
    return [row for row in reading.answers if not row.post.removed_at and (row.post.is_attempt or row.is_marked)]


def best(answers: list[Shown]) -> Shown | None:
    """The one accepted answer: verified before merely accepted, then by votes."""
    marked = [row for row in answers if row.is_marked]
    return max(marked, key=lambda row: (bool(row.verifications), bool(row.solution), row.post.score), default=None)


def _answer(row: Shown) -> dict[str, Any]:
    return {"@type": "Answer", **_told(row), "url": absolute(row.post.get_absolute_url())}


def _told(row: Shown) -> dict[str, Any]:
    post = row.post
    told = {
        "text": strip_tags(post.html).strip(),
        "upvoteCount": post.score,
        "datePublished": post.created_at.isoformat(),
        "author": person(post.byline, post.author_path, settings.TEAM_NAME if post.alias else "", str(post.tie)),
    }
    return told | ({"dateModified": post.edited_at.isoformat()} if post.edited_at else {})
