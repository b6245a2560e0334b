"""Several cases at once: looked at first, decided together, undone together."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from community.numbers import number_in
from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.decisions.deciding import decide, undo, undo_batch
from moderation.decisions.forms import BulkForm, ReasonForm
from moderation.decisions.models import Decision
from moderation.decisions.views.page import nav_context
from moderation.flags.models import Case

MOST = 100


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def case_bulk(request: HttpRequest) -> HttpResponse:
    """GET shows what would happen to the chosen cases; POST does it to all of them or to none."""
    cases = chosen(request)
    names = shared_deeds(cases)
    form = BulkForm(request.POST or None, names=names)
    batch = None
    if request.method == "POST" and cases and form.is_valid():
        try:
            batch = decide_all(cases, form, request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    if batch:
        done = ngettext("%(n)s case decided.", "%(n)s cases decided.", len(cases)) % {"n": len(cases)}
        messages.success(request, done)
        return redirect("moderation:batch-undo", batch=batch)
    context = {**nav_context(request), "cases": cases, "form": form}
    return render(request, "moderation/decisions/case_bulk.html", context, status=422 if form.errors else 200)


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def batch_undo(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What was decided together, and the way to take all of it back."""
    seen = Case.objects.visible_to(request.user)
    decisions = Decision.objects.filter(batch=batch, case__in=seen).select_related("case", "rule")
    if not decisions:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = undo_batch(batch, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, ngettext("%(n)s decision undone.", "%(n)s decisions undone.", count) % {"n": count})
        return redirect("moderation:case-list")
    context = {**nav_context(request), "decisions": decisions, "form": form}
    return render(request, "moderation/decisions/batch_undo.html", context, status=422 if form.errors else 200)


@requires(Capability.MODERATE)
@require_POST
@once
def decision_undo(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take one decision back with all it did."""
    decisions = Decision.objects.filter(case__in=Case.objects.visible_to(request.user)).select_related("case")
    decision = decisions.filter(pk=decision_id).first()
    if decision is None:
        raise Http404
    undo(decision, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, _("Undone. The case is open again."))
    return redirect(decision.case)


def chosen(request: HttpRequest) -> list[Case]:
    """The open cases that were ticked."""
    given = request.POST.getlist("case") if request.method == "POST" else request.GET.getlist("case")
    numbers = [number for number in map(number_in, given[:MOST]) if number is not None]
    return list(Case.objects.visible_to(request.user).open().filter(pk__in=numbers).with_rows().order_by("ranks_at"))


def shared_deeds(cases: list[Case]) -> list[str]:
    """What can be done to each of them; a text is changed one by one."""
    each = [case.reviewed.deeds if case.reviewed else () for case in cases]
    return [name for name in (each[0] if each else ()) if name != "edit" and all(name in deeds for deeds in each)]


@transaction.atomic
def decide_all(cases: list[Case], form: Any, by: Any) -> UUID:
    """One decision for each case, kept together."""
    batch = uuid4()
    for case in cases:
        wanted = form.wanted
        decide(case, type(wanted)(**{**vars(wanted), "batch": batch}), by=by)
    return batch
