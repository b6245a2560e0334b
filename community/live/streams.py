"""Who may listen to what: each kind of stream asks one question, registered in an app's own `streams.py`.

@stream("thread")
def may_listen_to_a_thread(person, key: str) -> bool:
    return Thread.objects.visible_to(person).filter(pk=key).exists()
"""

import re
from collections.abc import Callable
from typing import Any

Question = Callable[[Any, str], bool]
Listener = Callable[[Any, str, str, str], None]
NAME = re.compile(r"[a-z_]{1,30}:[A-Za-z0-9_-]{1,60}")
_questions: dict[str, Question] = {}
_listeners: dict[str, Listener] = {}
GONE = "gone"
"""What is told for a page that has left without a word."""


def stream(kind: str) -> Callable[[Question], Question]:
    """Register who may listen to streams of this kind (`thread` in `thread:42`). The person may be signed out."""

    def register(question: Question) -> Question:
        _questions[kind] = question
        return question

    return register


def may_listen(person: Any, name: str) -> bool:
    """Ask the registered question. A name nobody knows, or a question that fails on its key, means no."""
    if not NAME.fullmatch(name):
        return False
    kind, key = name.split(":", 1)
    question = _questions.get(kind)
    try:
        return question is not None and bool(question(person, key))
    except (ValueError, LookupError):
        return False


def told(kind: str) -> Callable[[Listener], Listener]:
    """Register what hears the single words that pages say into a stream that they listen to (`typing`).

    It is called with person, key, word and the socket's id, and with `gone` once the page leaves.
    """

    def register(listener: Listener) -> Listener:
        _listeners[kind] = listener
        return listener

    return register


def hears(name: str) -> bool:
    """Whether anything hears what pages say into this stream."""
    return name.split(":", 1)[0] in _listeners


def tell(person: Any, name: str, word: str, socket_id: str) -> None:
    """Hand a page's word on. A key that stands for nothing any more is nobody's fault."""
    kind, _colon, key = name.partition(":")
    _listeners[kind](person, key, word, socket_id)
