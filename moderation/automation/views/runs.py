"""The runs of an automation, and taking them back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.paging import page_of
from community.people.guards import requires
from community.people.roles import Capability
from moderation.automation.forms import WhyForm
from moderation.automation.models import Automation, Run
from moderation.automation.sentences import sentence
from moderation.automation.undoing import undo, undo_all
from moderation.decisions.views.page import nav_context


@requires(Capability.MODERATE)
@require_safe
def run_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All of them, the newest first."""
    row = get_object_or_404(Automation, pk=pk)
    runs = row.runs.select_related("undone_by").prefetch_related("subject")
    page = page_of(runs, "-created_at", request.GET.get("after", ""))
    context = {"automation": row, "sentence": sentence(row), "runs": page.rows, "older": page.older}
    return render(request, "moderation/automation/run_list.html", {**nav_context(request), **context})


@requires(Capability.MODERATE)
@require_POST
@once
def run_undo(request: HttpRequest, run_id: int) -> HttpResponse:
    """Take one back."""
    run = get_object_or_404(Run.objects.select_related("automation"), pk=run_id)
    undo(run, by=request.user, why=why_in(request))
    return redirect(run.automation)


@requires(Capability.MODERATE)
@require_POST
@once
def automation_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take all back that still stand."""
    row = get_object_or_404(Automation, pk=pk)
    count = undo_all(row, by=request.user, why=why_in(request))
    messages.success(request, ngettext("%(n)s run was undone.", "%(n)s runs were undone.", count) % {"n": count})
    return redirect(row)


def why_in(request: HttpRequest) -> str:
    """The reason that was given; empty when there is none, and the verb refuses it."""
    form = WhyForm(request.POST)
    return str(form.cleaned_data["why"]) if form.is_valid() else ""
