"""Alarms: the list, one wave with its accounts, and what a moderator makes of it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from community.numbers import number_in
from community.once import once
from community.people.crisis import Crisis
from community.people.guards import requires
from community.people.roles import Capability
from forums.threads.models import Post
from moderation.decisions.models import Decision
from moderation.decisions.views.page import nav_context
from moderation.waves.forms import CrisisForm, JudgeForm
from moderation.waves.judging import confirm, false_alarm, undo_confirming
from moderation.waves.models import Mark, Wave
from moderation.waves.places import KINDS, places

SHOWN, SAMPLES = 30, 6


@requires(Capability.MODERATE)
@require_safe
def wave_list(request: HttpRequest) -> HttpResponse:
    """Crisis mode, the alarms, and the places that several accounts came from."""
    return show_list(request)


@requires(Capability.MODERATE)
@require_safe
def wave_detail(request: HttpRequest, wave_id: int) -> HttpResponse:
    """One wave: what is shared, who takes part, what the rule did."""
    return show(request, wave_for(request, wave_id))


@requires(Capability.MODERATE)
@require_POST
@once
def wave_confirm(request: HttpRequest, wave_id: int) -> HttpResponse:
    """The chosen accounts are marked as spam."""
    wave, form = wave_for(request, wave_id), JudgeForm(request.POST)
    if not form.is_valid():
        return show(request, wave, status=422, form=form)
    chosen = [number for number in map(number_in, request.POST.getlist("person")) if number is not None]
    count = confirm(wave, by=request.user, reason=form.cleaned_data["reason"], people=chosen)
    done = ngettext("%(n)s account marked as spam.", "%(n)s accounts marked as spam.", count) % {"n": count}
    messages.success(request, done)
    return redirect(wave)


@requires(Capability.MODERATE)
@require_POST
@once
def wave_dismiss(request: HttpRequest, wave_id: int) -> HttpResponse:
    """A false alarm: everything comes back."""
    wave, form = wave_for(request, wave_id), JudgeForm(request.POST)
    if not form.is_valid():
        return show(request, wave, status=422, form=form)
    undone = undo_confirming if wave.state == Wave.State.CONFIRMED else false_alarm
    undone(wave, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("Everything is back."))
    return redirect(wave)


def wave_for(request: HttpRequest, wave_id: int) -> Wave:
    """The wave, when this person may judge it."""
    return get_object_or_404(Wave.objects.visible_to(request.user), pk=wave_id)


def show_list(request: HttpRequest, status: int = 200, form: CrisisForm | None = None) -> HttpResponse:
    """The page, with what was sent where it could not be taken."""
    waves = Wave.objects.visible_to(request.user).select_related("ended_by")
    row = Crisis.objects.in_force().select_related("by").first()
    context = {
        **nav_context(request),
        "crisis": row,
        "form": form or CrisisForm.of(row),
        "going_on": list(waves.going_on().order_by("-pk")[:SHOWN]),
        "earlier": list(waves.exclude(state=Wave.State.OPEN).order_by("-pk")[:SHOWN]),
        "past": Crisis.objects.filter(is_open=None).select_related("by", "ended_by").order_by("-pk")[:5],
        "kept_days": settings.ARRIVALS_KEPT_DAYS,
        "places": [(kind, label, places(kind)) for kind, label in KINDS.items()],
    }
    return render(request, "moderation/waves/wave_list.html", context, status=status)


def show(request: HttpRequest, wave: Wave, status: int = 200, form: JudgeForm | None = None) -> HttpResponse:
    """The page of one wave."""
    shown = Mark.objects.filter(value__in=wave.marks, is_known=False)
    posts: Any = (
        Post.objects.filter(marks__in=shown).distinct() if wave.kind == Wave.Kind.POSTS else Post.objects.none()
    )
    taken = Decision.objects.filter(batch=wave.batch)
    context = {
        **nav_context(request),
        "wave": wave,
        "members": wave.members.select_related("person")[:500],
        "samples": posts.select_related("author", "thread").order_by("pk")[:SAMPLES],
        "taken": taken.count(),
        "standing": taken.standing().count(),
        "judged": wave.state in (Wave.State.CONFIRMED, Wave.State.FALSE_ALARM),
        "form": form or JudgeForm(),
    }
    return render(request, "moderation/waves/wave_detail.html", context, status=status)
