"""Counting what rules meet, also when the text is refused and its transaction goes with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

from community.policy.doors import Door
from community.policy.findings import Outcome
from community.policy.models import CheckHit, CheckRule, Hit, WordHit, WordRule

_refused: ContextVar[list[Hit] | None] = ContextVar("refused_hits", default=None)


def count_hit(rule: WordRule | CheckRule, by: Any, door: Door, action: str) -> None:
    """Note one. A refusal rolls back what its transaction wrote, so its hits are kept until the request is over."""
    person = by if by is not None and by.pk else None
    facts = {"version": rule.version, "is_shadow": rule.is_shadow, "action": action, "where": door.name, "by": person}
    waiting = _refused.get()
    stops = action == Outcome.REFUSE or (action == Outcome.HOLD and not door.holds)
    is_kept_back = waiting is not None and stops and not rule.is_shadow
    if isinstance(rule, WordRule):
        hit: Hit = WordHit(rule=rule, **facts)
    else:
        hit = CheckHit(rule=rule if is_kept_back or rule.pk else CheckRule.objects.begun(rule.key), **facts)
    if is_kept_back and waiting is not None:
        waiting.append(hit)
    else:
        hit.save()


@contextmanager
def refusals_counted() -> Iterator[None]:
    """What rules refuse within is written down at the end, when the refused transaction is gone."""
    token = _refused.set([])
    try:
        yield
    finally:
        hits = _refused.get()
        _refused.reset(token)
        for hit in hits or ():
            if isinstance(hit, CheckHit) and not hit.rule.pk:
                hit.rule = CheckRule.objects.begun(hit.rule.key)
            hit.save()


class RefusedHitsMiddleware:
    """Writes down at the end of a request what was refused in it by rules."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET":
            return self.get_response(request)
        with refusals_counted():
            return self.get_response(request)
