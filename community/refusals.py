"""How the site says no: a rule refuses, or somebody was faster. The person gets a sentence and their text back."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

NEVER_SHOWN = re.compile(r"^(csrfmiddlewaretoken|once|next)$|password|code|secret|token|credential")


class Refusal(Exception):
    """A rule says no. `str(refusal)` is a sentence for the person, saying what to do next.

    `code` names the rule for programs; `status` is the HTTP answer (409 unless said otherwise);
    `offers` are ways out that the page can draw, such as "black_out" and "send_privately".
    """

    status = 409

    def __init__(self, sentence: str, *, code: str = "refused", status: int | None = None, **details: Any) -> None:
        super().__init__(sentence)
        self.code = code
        self.status = status or self.status
        self.details = details


class Stale(Refusal):
    """Somebody was faster: the row moved on. `newer` is the row as it is now."""

    def __init__(self, newer: Any, sentence: str = "") -> None:
        super().__init__(sentence or "Somebody changed this while you were writing.", code="stale", newer=newer)
        self.newer = newer


LONGEST_REASON = 500


def faults_of(form: Any) -> str:
    """Everything that a form says is wrong, in one line: where there is no room to say it beside each field."""
    return " ".join(fault for faults in form.errors.values() for fault in faults)


def refuse_invalid(form: Any) -> None:
    """Raise a Refusal that says everything a form says is wrong."""
    if not form.is_valid():
        raise Refusal(faults_of(form), status=422)


def refuse_too_long(reason: str) -> None:
    """Raise a Refusal when a reason is longer than what is kept of it."""
    if len(reason) > LONGEST_REASON:
        sentence = _("Say why in %(most)s characters.") % {"most": LONGEST_REASON}
        raise Refusal(sentence, code="too_long", status=422)


class RefusalMiddleware:
    """Shows a refusal that no view has shown in place: a fragment, JSON or a page, each with the text given back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if request.path.startswith("/api/") or request.accepts("text/html") is False:
            body = {"code": exception.code, "message": str(exception)}
            return JsonResponse(body, status=exception.status, headers=waiting(exception))
        template = "components/_refusal.html" if getattr(request, "htmx", False) else "community/refused.html"
        context = {"refusal": exception, "kept": kept_text(request)}
        response = render(request, template, context, status=exception.status)
        for name, value in waiting(exception).items():
            response[name] = value
        return response


def waiting(refusal: Refusal) -> dict[str, str]:
    """When to come back, for those who were too quick (`retry_after=` seconds)."""
    seconds = refusal.details.get("retry_after")
    return {"Retry-After": str(seconds)} if seconds else {}


def kept_text(request: HttpRequest) -> list[str]:
    """The texts the person had typed, to be given back; never a password or a code."""
    fields = [value for name, value in request.POST.items() if not NEVER_SHOWN.search(name)]
    return [value for value in fields if isinstance(value, str) and len(value) > 20]
