"""Taking one message of a chat, of either side: with a script and without, once, and with its words given back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.policy.models import HeldChange
from community.refusals import Refusal, refuse_invalid
from moderation.chat.forms import WordForm
from moderation.escalation.files import uploads_from


def take_message(
    request: HttpRequest,
    say: Callable[..., Any],
    *,
    show: Callable[..., HttpResponse],
    done: Callable[[], HttpResponse],
) -> HttpResponse:
    """Say it with `say`. A script gets the message in its place, what waits, or the refusal; a form gets a page.

    `show` makes the page that gives the text back with what is wrong, `done` the one after it was said.
    """
    form = WordForm(request.POST)
    try:
        refuse_invalid(form)
        files = uploads_from(request.FILES.getlist("files"))
        message = say(**form.cleaned_data, by=request.user, files=files)
    except Refusal as refusal:
        if request.htmx:  # type: ignore[attr-defined]
            raise
        return show(refusal.status, error=str(refusal), text=request.POST.get("text", ""))
    if request.htmx and isinstance(message, HeldChange):  # type: ignore[attr-defined]
        return render(request, "moderation/escalation/_held_words.html", {"conversation": message.subject}, status=202)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "moderation/escalation/_message.html", {"message": message}, status=201)
    return done()
