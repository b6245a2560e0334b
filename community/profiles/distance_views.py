"""Keeping one's distance: the list with an undo for each, and the deeds behind the buttons. Nobody learns of it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people import distance
from community.people.guards import signed_in
from community.people.models import Person
from community.people.requests import PersonRequest


@signed_in
@require_safe
def settings_distance(request: PersonRequest) -> HttpResponse:
    """Whom one ignores and whom one has blocked."""
    ignores, blocks = distance.kept_away(request.user)
    context = {"ignores": ignores, "blocks": blocks, "section": "distance"}
    return render(request, "community/profiles/distance.html", context)


@signed_in
@require_POST
@once
def person_ignore(request: PersonRequest, pk: int) -> HttpResponse:
    """Fold what they write."""
    done = _("You ignore %(name)s: what they write is folded, and you are not told of it.")
    return after(request, pk, distance.ignore, done)


@signed_in
@require_POST
@once
def person_stop_ignoring(request: PersonRequest, pk: int) -> HttpResponse:
    """Read them again."""
    return after(request, pk, distance.stop_ignoring, _("You read %(name)s again."))


@signed_in
@require_POST
@once
def person_block(request: PersonRequest, pk: int) -> HttpResponse:
    """Let them no longer reach oneself."""
    done = _("You have blocked %(name)s: their mentions and replies no longer reach you. They are not told.")
    return after(request, pk, distance.block, done)


@signed_in
@require_POST
@once
def person_unblock(request: PersonRequest, pk: int) -> HttpResponse:
    """Let them reach oneself again."""
    return after(request, pk, distance.unblock, _("%(name)s can reach you again."))


def after(request: PersonRequest, pk: int, deed: Callable[..., None], words: str) -> HttpResponse:
    """Do it, say so, and go back to where the button was: the list, or the page of the person."""
    other = get_object_or_404(Person.objects.active(), pk=pk)
    deed(other, by=request.user)
    messages.success(request, words % {"name": other.name})
    return redirect("community:settings-distance") if "list" in request.POST else redirect(other)
