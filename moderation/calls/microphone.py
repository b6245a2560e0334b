"""The pages on which a browser may be asked for its microphone. Everywhere else the site's answers forbid it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from community.headers import permissions


def with_microphone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """This page may use the microphone, and choose where the voice is heard."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Permissions-Policy"] = permissions("microphone")
        return response

    return answer
