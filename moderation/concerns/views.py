"""The pages of concerns: the writer's and the auditor's are the same ones."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from community.once import by_whom, once_by
from community.people.guards import requires
from community.people.roles import Capability
from moderation.concerns.forms import ConcernForm, WordForm
from moderation.concerns.models import Concern, Word

SHOWN = 100


def named(request: HttpRequest) -> Any:
    """Whose answer is kept for a second click: nobody's when the name was left out, nor on a page that has none.

    Otherwise a row would say for a day which account was sent to which concern.
    """
    match: Any = request.resolver_match
    token = match.kwargs.get("token") if match else None
    is_nameless = Concern.objects.filter(token=token, by=None).exists() if token else "is_nameless" in request.POST
    return None if is_nameless else by_whom(request)


@require_http_methods(["GET", "POST"])
@requires(Capability.RAISE_CONCERNS)
@never_cache
@once_by(named)
def concern_list(request: HttpRequest) -> HttpResponse:
    """Say that something is not right; below it what was said under one's name. The auditor sees them all."""
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        concern = Concern.objects.raise_with(sent["text"], by=request.user, is_nameless=sent["is_nameless"])
        return redirect(concern)
    rows = Concern.objects.visible_to(request.user).with_last_word().select_related("by")[:SHOWN]
    context = {"form": form, "concerns": rows, "is_auditor": request.user.can(Capability.HEAR_CONCERNS)}
    return render(request, "moderation/concerns/list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET"])
@requires(Capability.RAISE_CONCERNS)
@never_cache
def concern_detail(request: HttpRequest, token: str) -> HttpResponse:
    """One concern with all its words."""
    return shown(request, concern_for(request, token), WordForm())


@require_POST
@requires(Capability.RAISE_CONCERNS)
@once_by(named)
def concern_say(request: HttpRequest, token: str) -> HttpResponse:
    """Add a word: the auditor's answers, everybody else's goes on with their own concern."""
    concern, form = concern_for(request, token), WordForm(request.POST)
    if not form.is_valid():
        return shown(request, concern, form, status=422)
    is_answer = request.user.can(Capability.HEAR_CONCERNS) and concern.by_id != request.user.pk
    side = Word.Side.AUDITOR if is_answer else Word.Side.WRITER
    concern.say(form.cleaned_data["text"], side=side, by=request.user if is_answer else None)
    return redirect(concern)


def concern_for(request: HttpRequest, token: str) -> Concern:
    """Somebody else's is not found, as if it were not there."""
    return get_object_or_404(Concern.objects.opened_with(token, request.user).select_related("by"), token=token)


def shown(request: HttpRequest, concern: Concern, form: WordForm, status: int = 200) -> HttpResponse:
    """The page of a concern."""
    is_auditor = request.user.can(Capability.HEAR_CONCERNS)
    context: dict[str, Any] = {"concern": concern, "words": concern.words.all(), "form": form, "is_auditor": is_auditor}
    return render(request, "moderation/concerns/detail.html", context, status=status)
