"""Counting what rules of words meet, also when the text is refused and its transaction goes with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

from community.policy.doors import Door
from community.policy.models import WordHit, WordRule

_refused: ContextVar[list[WordHit] | None] = ContextVar("refused_hits", default=None)


def count_hit(rule: WordRule, by: Any, door: Door) -> None:
    """Note one. A refusal rolls back what its transaction wrote, so its hits are kept until the request is over."""
    person = by if by is not None and by.pk else None
    hit = WordHit(
        rule=rule, version=rule.version, is_shadow=rule.is_shadow, action=rule.action, where=door.name, by=person
    )
    waiting = _refused.get()
    stops = rule.action == WordRule.Action.REFUSE or (rule.action == WordRule.Action.HOLD and not door.holds)
    if waiting is not None and stops and not rule.is_shadow:
        waiting.append(hit)
    else:
        hit.save()


@contextmanager
def refusals_counted() -> Iterator[None]:
    """What rules of words refuse within is written down at the end, when the refused transaction is gone."""
    token = _refused.set([])
    try:
        yield
    finally:
        hits = _refused.get()
        _refused.reset(token)
        if hits:
            WordHit.objects.bulk_create(hits)


class RefusedHitsMiddleware:
    """Writes down at the end of a request what was refused in it by rules of words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET":
            return self.get_response(request)
        with refusals_counted():
            return self.get_response(request)
