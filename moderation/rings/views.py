"""Rings of votes: the open ones, the page of each with its graph, and what is made of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from moderation.rings.drawing import graph_of, table_of
from moderation.rings.forms import LeaveForm, ReverseForm, RingForm, UndoForm
from moderation.rings.models import Ring

SHOWN = 60


@requires(Capability.MODERATE)
@require_safe
def ring_list(request: HttpRequest) -> HttpResponse:
    """The open ones first, then what was decided."""
    rings = Ring.objects.visible_to(request.user)
    context = {
        "open_rings": list(rings.filter(state=Ring.State.OPEN).order_by("-vote_count")[:SHOWN]),
        "decided": list(rings.exclude(state=Ring.State.OPEN).order_by("-pk")[:SHOWN]),
    }
    return render(request, "moderation/rings/ring_list.html", context)


@requires(Capability.MODERATE)
@require_safe
def ring_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Who voted for whom how often, and what they vote elsewhere."""
    return show(request, ring_for(request, pk))


@requires(Capability.MODERATE)
@require_POST
@once
def ring_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """The votes inside count no longer."""
    return judge(request, pk, reverse_form=ReverseForm(request.POST))


@requires(Capability.MODERATE)
@require_POST
@once
def ring_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is wrong with it."""
    return judge(request, pk, leave_form=LeaveForm(request.POST))


@requires(Capability.MODERATE)
@require_POST
@once
def ring_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """The votes count again."""
    return judge(request, pk, undo_form=UndoForm(request.POST))


def judge(request: HttpRequest, pk: int, **sent: RingForm) -> HttpResponse:
    """Do what the form says to the ring; what cannot be taken is shown again in its place on the page."""
    ring = ring_for(request, pk)
    (form,) = sent.values()
    if not form.is_valid():
        return show(request, ring, status=422, **sent)
    form.save(ring, by=request.user)
    messages.success(request, form.done)
    return HttpResponseRedirect(ring.get_absolute_url())


def ring_for(request: HttpRequest, pk: int) -> Ring:
    """The ring, when this person may judge it; otherwise it does not exist."""
    return get_object_or_404(Ring.objects.visible_to(request.user), pk=pk)


def show(request: HttpRequest, ring: Ring, status: int = 200, **forms: Any) -> HttpResponse:
    """The page, with what was sent where it could not be taken."""
    members = list(ring.members.select_related("person"))
    names = {member.person_id: member.person.username for member in members}
    context = {
        "ring": ring,
        "members": members,
        "graph": graph_of(ring, names),
        "rows": table_of(ring, names),
        "names": [names.get(pk, "?") for pk in ring.people],
        "reverse_form": ReverseForm(),
        "leave_form": LeaveForm(),
        "undo_form": UndoForm(),
        **forms,
    }
    return render(request, "moderation/rings/ring_detail.html", context, status=status)
