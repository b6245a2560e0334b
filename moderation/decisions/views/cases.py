"""The review queue and one case of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal, Stale
from moderation.decisions.deciding import decide
from moderation.decisions.forms import DecisionForm
from moderation.decisions.lists import OPEN, cases_in
from moderation.decisions.reading_again import discuss
from moderation.decisions.taking import take
from moderation.decisions.views.page import case_context, case_for, list_context, place_in, view_of
from moderation.flags.models import Case
from moderation.flags.subjects import model_of


@requires(Capability.MODERATE)
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """What waits for a look, the most urgent first."""
    return render(request, "moderation/decisions/case_list.html", list_context(request))


@requires(Capability.MODERATE)
@require_safe
def case_detail(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case beside the list. htmx gets the case alone."""
    return show_case(request, case_for(request, case_id))


@requires(Capability.MODERATE)
@require_POST
@once
def case_claim(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take it at hand for ten minutes; a hard one counts for today."""
    case = case_for(request, case_id)
    take(case, by=request.user, reason=request.POST.get("reason", ""))
    return show_case(request, case) if request.htmx else redirect(place_in(request, case))


@requires(Capability.MODERATE)
@require_POST
def case_release(request: HttpRequest, case_id: int) -> HttpResponse:
    """Put it back."""
    case = case_for(request, case_id)
    case.release(by=request.user)
    return redirect(place_in(request))


@requires(Capability.MODERATE)
@require_POST
@once
def case_decide(request: HttpRequest, case_id: int) -> HttpResponse:
    """Decide. When the object was changed meanwhile, the difference is shown (409) and nothing is done."""
    case = case_for(request, case_id)
    form = DecisionForm(request.POST, names=case.reviewed.deeds if case.reviewed else ())
    if not form.is_valid():
        return show_case(request, case, form, status=422)
    try:
        decision = decide(case, form.wanted, by=request.user, seen=form.cleaned_data["seen"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show_refused(request, case_for(request, case_id), form, refusal)
    messages.success(request, _("Decided. You can undo it from the case for 30 days."))
    waiting = cases_in(view_of(request), request.user).filter(OPEN).free_for(request.user)
    return redirect(place_in(request, None if decision.batch else waiting.order_by("ranks_at").first()))


@requires(Capability.MODERATE)
@require_POST
@once
def case_note(request: HttpRequest, case_id: int) -> HttpResponse:
    """A word to colleagues."""
    case = case_for(request, case_id)
    discuss(case, request.POST.get("text", ""), by=request.user)
    return redirect(place_in(request, case))


@requires(Capability.MODERATE)
@require_POST
@once
def case_open(request: HttpRequest, kind: str, subject_id: int) -> HttpResponse:
    """A moderator came across something: it becomes a case at their hand."""
    model = model_of(kind)
    row = model._default_manager.filter(pk=subject_id).first() if model else None
    if row is None:
        raise Http404
    case = Case.objects.open_about(row, by=request.user, origin=Case.Origin.STAFF)
    if not Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        raise Http404
    case.claim(by=request.user)
    return redirect(case)


def show_case(request: HttpRequest, case: Case, form: Any = None, status: int = 200, seen: str = "") -> HttpResponse:
    """The case alone for htmx, the whole page otherwise."""
    context = case_context(request, case, form, seen)
    if request.htmx:
        return render(request, "moderation/decisions/_case.html", context, status=status)
    whole = {**list_context(request, case), **context}
    return render(request, "moderation/decisions/case_list.html", whole, status=status)


def show_refused(request: HttpRequest, case: Case, form: DecisionForm, refusal: Refusal) -> HttpResponse:
    """What was chosen is kept; what changed is shown, and the next press is about the new wording."""
    seen = form.cleaned_data["seen"] if isinstance(refusal, Stale) else ""
    if seen and case.reviewed:
        data: Any = form.data.copy()
        data["seen"] = case.reviewed.version
        form.data = data
    return show_case(request, case, form, refusal.status, seen)
