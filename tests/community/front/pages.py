"""Small pages with every way of being public or not. Each is counted, so that no two answers are alike."""

from itertools import count

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from community.live.pages import shows

numbers = count(1)


def text(kind="page") -> str:
    return f"<p>{kind} {next(numbers)}</p>" + "<p>The connection drops every minute.</p>" * 100


def public(request):
    return shows(HttpResponse(text()), "thread-1", "questions")


def other(request):
    return shows(HttpResponse(text()), "thread-2")


def unnamed(request):
    return HttpResponse(text())


def personal(request):
    """A page that looks public but greets whoever is signed in."""
    return shows(HttpResponse(text(f"hello {request.COOKIES.get('sessionid', 'stranger')}")), "thread-1")


def sets_cookie(request):
    response = public(request)
    response.set_cookie("messages", "unread")
    return response


def has_token(request):
    get_token(request)
    return public(request)


def private(request):
    response = public(request)
    response["Cache-Control"] = "private"
    return response


def no_store(request):
    response = public(request)
    response["Cache-Control"] = "public, no-store"
    return response


def varies(request):
    response = public(request)
    patch_vary_headers(response, ["X-Mood"])
    return response


def missing(request):
    return shows(HttpResponse(text(), status=404), "thread-1")


def moved(request):
    return shows(HttpResponse(status=302, headers={"Location": "/"}), "thread-1")


def broken(request):
    raise RuntimeError("the canary must not be shown")


def stream(request):
    return shows(StreamingHttpResponse(iter([b"one ", b"two ", b"three"])), "thread-1")


def file(request):
    return FileResponse(open(__file__, "rb"))


@csrf_exempt
def echo(request):
    return HttpResponse(request.body[:50] + b" %d" % len(request.body), content_type="text/plain")


urlpatterns = [
    path(f"{view.__name__}/", view)
    for view in (
        public, other, unnamed, personal, sets_cookie, has_token, private, no_store, varies, missing, moved, broken,
        stream, file, echo,
    )
]  # fmt: skip
urlpatterns.append(path("", public))
