"""Operations: a function that calls one verb, declared with what it takes and what it answers.

The declaration is what the request is read by and what the description of the whole is made from, so neither can
say something else than the other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from community.api import problems
from community.api.entering import enter
from community.api.problems import KNOWN, Problem, faults, problem_of
from community.api.scopes import Act
from community.api.sending import LARGEST, as_form_data, body_of, schema_of_form
from community.api.shapes import as_json
from community.form_fields import EncodedFileField
from community.numbers import number_in
from community.once import once
from community.people.guards import refuse
from community.people.roles import Capability
from community.refusals import Refusal

NEVER = 10**9
"""A version that nothing has."""
NOTHING: dict[str, Any] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
READING = {401, 403, 404, 422, 429}
WRITING = READING | {400, 409, 413, 415}


@dataclass(frozen=True)
class Query:
    """Something that an address may ask for."""

    name: str
    says: str
    one_of: tuple[str, ...] = ()
    is_number: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        """How its values look."""
        if self.is_number:
            return {"type": "integer", "minimum": 1, "maximum": 10**9}
        return {"type": "string", "enum": list(self.one_of)} if self.one_of else {"type": "string", "maxLength": 400}

    def is_kept_by(self, value: str) -> bool:
        """Whether a value is one that may be asked for."""
        if self.is_number:
            return value.isascii() and value.isdigit() and len(value) <= 10 and 1 <= int(value) <= 10**9
        return value in self.one_of if self.one_of else len(value) <= 400 and "\0" not in value


AFTER = Query("after", "the `next` of the page before")


class ApiRequest(HttpRequest):
    """A request of a program: its owner, and what it sent in the form's own terms."""

    user: Any
    api_key: Any
    sent: Any
    data: QueryDict


@dataclass(frozen=True)
class Answer:
    """What an operation answers, when there is more to say than its body."""

    body: Any
    status: int = 200
    version: int | str | None = None


@dataclass
class Operation:
    """One thing that a program can ask for or do."""

    run: Callable[..., Any]
    area: str
    answers: Any
    form: type[forms.BaseForm] | None = None
    leave_out: tuple[str, ...] = ()
    patterns: dict[str, Any] = field(default_factory=dict)
    query: tuple[Query, ...] = ()
    statuses: tuple[int, ...] = (200,)
    is_public: bool = False
    needs: tuple[Capability, ...] = ()
    has_version: bool = False
    current: Callable[..., Any] | None = None
    refused: Callable[..., None] | None = None
    """What is done when a rule says no, beside telling it."""
    act: str = Act.READ
    largest: int = LARGEST

    @cached_property
    def body_schema(self) -> dict[str, Any]:
        """What may be sent."""
        if self.form is None:
            return NOTHING
        told = schema_of_form(self.form, leave_out=self.leave_out)
        return told | ({"patternProperties": self.patterns} if self.patterns else {})

    @property
    def is_conditional(self) -> bool:
        """Whether it changes what somebody else may have changed meanwhile."""
        return self.has_version and self.act == Act.WRITE

    @property
    def refusals(self) -> list[int]:
        """The statuses that it may answer when something does not go."""
        found = set(WRITING if self.act == Act.WRITE else READING | {400})
        return sorted(found | ({412, 428} if self.is_conditional else set()))

    def view(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Answer a request: every problem of ours becomes JSON, with the text given back."""
        request.sent, request.data = None, QueryDict()
        try:
            enter(request, area=self.area, act=self.act, is_public=self.is_public)
            if self.needs and not any(request.user.can(capability) for capability in self.needs):
                refuse(request.user, self.needs)
            self.read(request)
            return self.done_once(request, kwargs)
        except KNOWN as error:
            problem = problem_of(error, conditional="If-Match" in request.headers)
            return problems.answer(problem, self.given_back(request.sent), self.state(problem, request, kwargs))

    def read(self, request: Any) -> None:
        """Take in what was asked and sent."""
        wrong = {one.name: [_("This cannot be asked for.")] for one in self.query
                 if one.name in request.GET and not one.is_kept_by(request.GET[one.name])}  # fmt: skip
        if wrong:
            raise Problem(422, "invalid", _("The address asks for something that there is not."), fields=wrong)
        if self.act == Act.WRITE:
            request.sent = body_of(request, self.largest)
            request.data = as_form_data(request.sent, self.body_schema)

    def given_back(self, sent: Any) -> Any:
        """What was sent, for whoever has to send it again; whoever sent a file has it."""
        fields: dict[str, forms.Field] = getattr(self.form, "base_fields", {}) if sent else {}
        files = {name for name, field in fields.items() if isinstance(field, EncodedFileField)}
        return {name: value for name, value in sent.items() if name not in files} if files else sent

    def done_once(self, request: Any, kwargs: dict[str, Any]) -> HttpResponse:
        """Run it for somebody who may; what a rule then refuses is taken note of, beyond what is undone."""
        try:
            return once(self.done)(request, **kwargs)
        except Refusal as error:
            if self.refused:
                self.refused(request, error, **kwargs)
            raise

    def done(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Run it, and say what came of it."""
        told = self.run(request, **kwargs)
        answer = told if isinstance(told, Answer) else Answer(told, self.statuses[0])
        response = JsonResponse(as_json(answer.body), status=answer.status, safe=False)
        response["Cache-Control"] = "private, no-store" if request.api_key else "no-store"
        if answer.version is not None:
            response["ETag"] = tag = f'"{answer.version}"'
            if self.act == Act.READ and tag in request.headers.get("If-None-Match", ""):
                return HttpResponseNotModified(headers={"ETag": tag})
        return response

    def state(self, problem: Problem, request: Any, kwargs: dict[str, Any]) -> Any:
        """The object as it is now, for whoever was late."""
        if problem.status not in (409, 412) or self.current is None or problem.code not in ("stale", "not_current"):
            return None
        return self.current(request, **kwargs)


def operation(area: str, answers: Any, **told: Any) -> Callable[[Callable[..., Any]], Operation]:
    """Declares a function as an operation; its docstring is what the description says."""

    def declared(run: Callable[..., Any]) -> Operation:
        return Operation(run, area, answers, **told)

    return declared


def resource(name: str, **by_method: Operation) -> Callable[..., HttpResponse]:
    """The view of one address: an operation for each method that it answers."""
    operations = {method.upper(): one for method, one in by_method.items()}
    for method, one in operations.items():
        one.act = Act.READ if method == "GET" else Act.WRITE
    methods = [*operations, "HEAD"] if "GET" in operations else [*operations]

    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return operations["GET" if request.method == "HEAD" else str(request.method)].view(request, **kwargs)

    view.__name__ = view.__qualname__ = name
    view.__module__ = next(iter(operations.values())).run.__module__
    view.operations = operations  # type: ignore[attr-defined]
    return csrf_exempt(require_http_methods(methods)(view))  # a key is no cookie: nobody else's page can send it


def if_match(request: HttpRequest) -> str:
    """The state that the change is based on, from `If-Match`; `*` is whatever it is now."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise Problem(428, "version_missing", _("Say on which version this is based: send its ETag as If-Match."))
    return given.removeprefix("W/").strip('"')


def based_on(request: ApiRequest, *, now: int) -> QueryDict:
    """What was sent, with the version of `If-Match` for the form's own field; one that can be none is late."""
    said, data = if_match(request), request.data.copy()
    data["version"] = str(now if said == "*" else number_in(said) or NEVER)
    return data


def based_on_version(request: ApiRequest, field: str, now: str) -> QueryDict:
    """The same for versions that are words: put into the form's own `field`."""
    said, data = if_match(request), request.data.copy()
    data[field] = now if said == "*" else said
    return data


def refuse_unless_current(request: HttpRequest, *, now: str) -> None:
    """Raise the Problem of a change that is based on something else than what is there now."""
    if if_match(request) not in ("*", now):
        raise Problem(412, "not_current", _("Somebody changed this while you were writing."))


def saved(form: Any, save: Callable[[], Any]) -> Any:
    """What a form's verb made. Raises the form's faults, or the refusal that it kept to show in place."""
    if not form.is_valid():
        raise faults(form)
    made = save()
    refusal = getattr(form, "refusal", None)
    if refusal is not None:
        raise refusal
    if not form.is_valid():
        raise faults(form)
    return made
