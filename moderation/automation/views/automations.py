"""Automations: the list, the editor with its sentence, the trial."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.events.recording import record
from community.events.verbs import Verb
from community.numbers import number_in
from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal, Stale
from moderation.automation.figures import figures_for
from moderation.automation.forms import AutomationForm
from moderation.automation.models import Automation
from moderation.automation.sentences import sentence
from moderation.automation.trying import try_out
from moderation.decisions.views.page import nav_context

VERSIONS, RUNS = 20, 10


@requires(Capability.MODERATE)
@require_safe
def automation_list(request: HttpRequest) -> HttpResponse:
    """All automations: what they say, how often they ran, how right they were."""
    rows = figures_for(Automation.objects.select_related("owner"))
    told = [(row, figures, sentence(row)) for row, figures in rows]
    return render(request, "moderation/automation/automation_list.html", {**nav_context(request), "rows": told})


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def automation_new(request: HttpRequest) -> HttpResponse:
    """Compose one."""
    form = AutomationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(form.save_by(request.user, None))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return show(request, None, form, status=422 if request.method == "POST" else 200)


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def automation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One automation: its sentence, its form, its runs, its versions."""
    row = get_object_or_404(Automation.objects.select_related("owner"), pk=pk)
    if request.method != "POST":
        return show(request, row, AutomationForm(initial=AutomationForm.saying(row)))
    form = AutomationForm(request.POST)
    if not form.is_valid():
        return show(request, row, form, status=422)
    try:
        form.save_by(request.user, row)
    except Stale:
        form.add_error(
            None, _("Somebody changed this automation while you were writing. Compare with the history below.")
        )
        return show(request, row, form.based_on(row.version), status=409)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show(request, row, form, status=refusal.status)
    messages.success(request, _("Kept as a new version."))
    return redirect(row)


@requires(Capability.MODERATE)
@require_POST
def automation_sentence(request: HttpRequest) -> HttpResponse:
    """What is composed so far, as a sentence."""
    draft = AutomationForm(request.POST, is_draft=True).drafted()
    context = {"sentence": sentence(draft) if draft else ""}
    return render(request, "moderation/automation/_sentence.html", context)


@requires(Capability.MODERATE)
@require_POST
@once
def automation_try(request: HttpRequest) -> HttpResponse:
    """What it would have met in thirty days, before anything is kept."""
    known = Automation.objects.filter(pk=number_in(request.GET.get("for", "")) or 0).first()
    form = AutomationForm(request.POST, is_draft=True)
    if not form.is_valid() or (draft := form.drafted()) is None:
        return show(request, known, form, status=422)
    tried = try_out(draft)
    if known is not None:
        record(Verb.AUTOMATION_TRIED, actor=request.user, subject=known, found=tried.count, of=tried.looked_at)
    return show(request, known, AutomationForm(initial=form.data.dict()), tried=tried, draft=draft)  # type: ignore[attr-defined]


def told_versions(row: Automation) -> list[Any]:
    """Each version with its sentence."""
    versions = list(row.versions.select_related("by")[:VERSIONS])
    for one in versions:
        one.sentence = sentence(Automation(**one.settings))
    return versions


def show(
    request: HttpRequest, row: Automation | None, form: AutomationForm, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of one automation, or of one that is being composed."""
    draft = more.get("draft") or row
    context: dict[str, Any] = {
        **nav_context(request),
        "automation": row,
        "form": form,
        "sentence": sentence(draft) if draft else "",
        "figures": figures_for([row])[0][1] if row else None,
        "runs": row.runs.select_related("undone_by").prefetch_related("subject")[:RUNS] if row else [],
        "versions": told_versions(row) if row else [],
        **more,
    }
    return render(request, "moderation/automation/automation_detail.html", context, status=status)
