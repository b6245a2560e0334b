"""Text that somebody typed and sent while signed out: kept for an hour, and theirs again after sign-in."""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Any

from django.http import HttpRequest, HttpResponse

from community.people.guards import to_sign_in
from forums.threads.models import Draft

KEY, FOR = "typed", 3600
LONGEST = 32_000

View = Callable[..., HttpResponse]


def signed_in_or_kept(place: Callable[..., str]) -> Callable[[View], View]:
    """Only for people with an account; of the signed-out, the text is kept, and they come back to it after sign-in."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated:
                take_up(request)
                return view(request, *args, **kwargs)
            if request.method == "POST":
                keep(request, place(*args, **kwargs))
            return to_sign_in(request, back=request.get_full_path())

        guarded.is_signed_in = True  # type: ignore[attr-defined]
        return guarded

    return guard


def keep(request: HttpRequest, place: str) -> None:
    """Remember what was typed in this browser's session."""
    text, title = request.POST.get("text", "")[:LONGEST], request.POST.get("title", "")[:200]
    if text or title:
        request.session[KEY] = {"place": place, "text": text, "title": title, "at": int(time())}


def take_up(request: HttpRequest) -> None:
    """Make a draft of what was typed before signing in."""
    if KEY not in request.session:
        return
    typed = request.session.pop(KEY)
    if typed["at"] > time() - FOR:
        Draft.objects.keep(by=request.user, place=typed["place"], text=typed["text"], title=typed["title"], seen=None)
