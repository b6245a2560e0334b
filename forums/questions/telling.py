"""Telling open pages what changed in a question: new posts wait behind a quiet bar, the rest changes in place.

Nothing of it is read or rendered while nobody has the page open.
"""

from collections.abc import Callable
from typing import Any

from community.live.broadcasting import broadcast
from forums.questions.models import Question
from forums.questions.reading import show
from forums.threads.models import Post, Thread

More = Callable[[Question], dict[str, Any]]


def tell_new_answer(post: Post) -> None:
    """A new answer, for the bar."""
    home = post.thread.home
    context = _context(home, lambda question: {"row": show(post, question), "member": True})
    broadcast(f"thread:{home.pk}", "forums/questions/_answer.html", context)
    tell_state(home)


def tell_post(post: Post) -> None:
    """A post's text, votes and marks."""
    _tell(
        post.thread.home,
        "forums/questions/_live_post.html",
        lambda question: {"row": show(post, question), "post": post},
    )


def tell_comments(parent: Post) -> None:
    """The comments below a post."""

    def more(question: Question) -> dict[str, Any]:
        return {"post": parent, "comments": show(parent, question).comments, "member": True}

    _tell(parent.thread.home, "forums/threads/_comments.html", more)


def tell_gone(post: Post) -> None:
    """A post that nobody can see any longer."""
    _tell(post.thread.home, "forums/threads/_gone.html", lambda question: {"post": post})


def tell_state(home: Thread) -> None:
    """The facts under the title."""
    _tell(home, "forums/questions/_state.html", lambda question: {})


def tell_notices(home: Thread) -> None:
    """What everybody may know of the private side."""

    def more(question: Question) -> dict[str, Any]:
        return {"thread": question.thread, "notices": question.thread.open_notices}

    _tell(home, "forums/threads/_notices.html", more)


def _tell(home: Thread, template: str, more: More) -> None:
    broadcast(f"thread_state:{home.pk}", template, _context(home, more), version=home.version)


def _context(home: Thread, more: More) -> Callable[[], dict[str, Any]]:
    """What the fragment needs, read when somebody is there to see it."""

    def context() -> dict[str, Any]:
        question = Question.objects.to_read(home.pk)
        return {"question": question, **more(question)}

    return context
