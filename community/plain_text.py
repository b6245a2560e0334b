"""Nobody types a NUL, and PostgreSQL keeps none: a request with one is refused before a view sees it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render


class PlainTextMiddleware:
    """Answers 400 to a NUL in the path, the query or a form. Signed hooks read their own bodies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        forms = [request.GET] if getattr(view, "csrf_exempt", False) else [request.GET, request.POST]
        if "\0" in request.path or any("\0" in text for form in forms for text in texts(form)):
            return render(request, "400.html", status=400)
        return None


def texts(form: QueryDict) -> Iterable[str]:
    """Names and values of a form."""
    return (text for name, values in form.lists() for text in [name, *values] if isinstance(text, str))
