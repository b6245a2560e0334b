"""A question told to search engines: schema.org's QAPage with at most one accepted answer."""

from typing import Any

from django.conf import settings
from django.utils.html import strip_tags

from forums.questions.reading import Reading, Shown


def qa_page(reading: Reading) -> dict[str, Any]:
    """The JSON-LD of a question's page. The accepted answer is the verified one, else the most voted accepted one."""
    thread = reading.question.thread
    answers = [row for row in reading.answers if not row.post.removed_at and (row.post.is_attempt or row.is_marked)]
    accepted = best(answers)
    question: dict[str, Any] = {
        "@type": "Question",
        "name": thread.title,
        **_told(reading.opening),
        "url": _address(thread.get_absolute_url()),
        "answerCount": thread.attempt_count,
    }
    if accepted:
        question["acceptedAnswer"] = _answer(accepted)
    if others := [_answer(row) for row in answers if row is not accepted]:
        question["suggestedAnswer"] = others
    return {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question}


def best(answers: list[Shown]) -> Shown | None:
    """The one accepted answer: verified before merely accepted, then by votes."""
    marked = [row for row in answers if row.is_marked]
    return max(marked, key=lambda row: (bool(row.verifications), bool(row.solution), row.post.score), default=None)


def _answer(row: Shown) -> dict[str, Any]:
    return {"@type": "Answer", **_told(row), "url": _address(row.post.get_absolute_url())}


def _told(row: Shown) -> dict[str, Any]:
    post = row.post
    author = {"@type": "Person", "name": post.byline}
    if not post.alias:
        author["url"] = _address(f"/people/{post.author.username}/")
    return {
        "text": strip_tags(post.html).strip(),
        "upvoteCount": post.score,
        "datePublished": post.created_at.isoformat(),
        "author": author,
    }


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
