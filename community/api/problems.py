"""What a program is told when something does not go: a code for it, a sentence for its person, and the text back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _

from community.api.shapes import as_json
from community.refusals import Refusal, Stale, waiting

STATUSES = {
    400: "The request cannot be read.",
    401: "There is no key, or it opens nothing any longer.",
    403: "The key, or its owner, may not do this.",
    404: "There is no such thing, or not for you: hidden and missing look alike.",
    409: "A rule says no; `message` says which, and `sent` gives the text back.",
    412: "Somebody was faster; `current` is the state as it is now.",
    413: "That is too large.",
    415: "Bodies are JSON.",
    422: "Something in it is wrong; `fields` says what.",
    428: "Say on which version this is based: `If-Match`.",
    429: "Too quick. `Retry-After` says in how many seconds to come back.",
}


class Problem(Exception):
    """A request that goes no further."""

    def __init__(self, status: int, code: str, message: Any, headers: Any = None, **told: Any) -> None:
        super().__init__(str(message))
        self.status, self.code, self.headers, self.told = status, code, headers or {}, told


def faults(form: BaseForm) -> Problem:
    """A form that is not filled in right, field by field."""
    fields = {name: [str(one) for one in found] for name, found in form.errors.items() if name != "__all__"}
    whole = " ".join(str(one) for one in form.non_field_errors())
    first = whole or next((said for found in fields.values() for said in found), _("Something is wrong."))
    return Problem(422, "invalid", first, fields=fields)


def problem_of(error: Exception, *, conditional: bool) -> Problem:
    """What an exception of ours amounts to. With `If-Match`, being late is a failed condition."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Stale):
        return Problem(412 if conditional else 409, error.code, error, newer=error.newer)
    if isinstance(error, Refusal):
        told = {name: error.details[name] for name in ("offers", "url") if name in error.details}
        status = error.status if error.status in STATUSES else 409
        return Problem(status, error.code, error, headers=waiting(error), **told)
    if isinstance(error, PermissionDenied):
        return Problem(403, "not_allowed", str(error) or _("Your roles do not allow this."))
    return Problem(404, "not_found", _("There is nothing here, or not for you."))


KNOWN = (Problem, Refusal, PermissionDenied, Http404)


def answer(problem: Problem, sent: Any, current: Any) -> JsonResponse:
    """The problem as JSON. Whatever was sent comes back, so that no text is lost."""
    body = {
        "code": problem.code,
        "message": str(problem),
        "fields": problem.told.get("fields", {}),
        "offers": problem.told.get("offers", []),
        "url": str(problem.told.get("url", "")),
        "sent": sent,
        "current": as_json(current),
    }
    response = JsonResponse(body, status=problem.status, headers=problem.headers)
    if problem.status == 429:
        response.headers.setdefault("Retry-After", "60")
    return response


SCHEMA = {
    "type": "object",
    "description": "Why something did not go.",
    "properties": {
        "code": {"type": "string", "description": "for the program; does not change with the language"},
        "message": {"type": "string", "description": "for the person"},
        "fields": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
        "offers": {"type": "array", "items": {"type": "string"}, "description": "ways out, such as black_out"},
        "url": {"type": "string", "description": "where to go on; mostly empty"},
        "sent": {"description": "the body as it was sent"},
        "current": {"description": "with 409 and 412: the state as it is now; null otherwise"},
    },
    "required": ["code", "message", "fields", "offers", "url", "sent", "current"],
    "additionalProperties": False,
}
