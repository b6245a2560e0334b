"""Answering appeals, and reading decisions again."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.files.kinds import NEUTRAL
from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.decisions.appealing import answer, milder_for
from moderation.decisions.forms import AppealAnswerForm, ReadingForm
from moderation.decisions.models import Appeal, AppealFile, SecondReading
from moderation.decisions.reading_again import agreement_by_rule, read_again
from moderation.decisions.views.page import nav_context


@requires(Capability.MODERATE)
@require_safe
def appeal_list(request: HttpRequest) -> HttpResponse:
    """Appeals that wait, the one that is due first on top, and those that were answered lately."""
    seen = Appeal.objects.visible_to(request.user).select_related("decision__case", "decision__by", "by", "decided_by")
    context = {
        **nav_context(request),
        "appeals": seen.open()[:100],
        "answered": seen.exclude(decided_at=None).order_by("-decided_at")[:20],
    }
    return render(request, "moderation/decisions/appeal_list.html", context)


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def appeal_detail(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """One appeal with the decision that it is about. The first reviewer may read it and not answer it (403)."""
    seen = Appeal.objects.visible_to(request.user).select_related(
        "decision__case", "decision__by", "decision__rule", "by", "flag__rule", "decided_by"
    )
    appeal = get_object_or_404(seen, pk=appeal_id)
    reviewed, names = appeal.decision.case.reviewed, milder_for(appeal)
    form = AppealAnswerForm(request.POST or None, names=names, by_reporter=appeal.is_by_reporter)
    status = 200 if request.method != "POST" else 422
    if request.method == "POST" and form.is_valid():
        try:
            answer(appeal, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Answered. The person is told."))
            return redirect("moderation:appeal-list")
    context = {**nav_context(request), "appeal": appeal, "decision": appeal.decision, "form": form,
               "reviewed": reviewed, "is_first": appeal.decision.by_id == request.user.pk}  # fmt: skip
    return render(request, "moderation/decisions/appeal_detail.html", context, status=status)


@requires(Capability.MODERATE)
@require_safe
def appeal_file(request: HttpRequest, appeal_id: int) -> FileResponse:
    """What came with an appeal, for downloading only."""
    appeals = Appeal.objects.visible_to(request.user)
    file = get_object_or_404(AppealFile, appeal__in=appeals.filter(pk=appeal_id))
    response = FileResponse([bytes(file.data)], as_attachment=True, filename=file.name, content_type=NEUTRAL)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@requires(Capability.MODERATE)
@require_safe
def reading_list(request: HttpRequest) -> HttpResponse:
    """Decisions to read again, and how often second readers agreed."""
    readings = SecondReading.objects.for_reader(request.user).select_related("decision__case")
    context = {**nav_context(request), "readings": readings[:100], "agreement": agreement_by_rule()}
    return render(request, "moderation/decisions/reading_list.html", context)


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def reading_detail(request: HttpRequest, reading_id: int) -> HttpResponse:
    """The case as it lay before the first reader: nothing here says what was decided."""
    readings = SecondReading.objects.for_reader(request.user).select_related("decision__case")
    reading = get_object_or_404(readings, pk=reading_id)
    form = ReadingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            read_again(reading, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Your reading is kept."))
            return redirect("moderation:reading-list")
    case = reading.decision.case
    context = {**nav_context(request), "reading": reading, "case": case, "reviewed": case.reviewed, "form": form,
               "wording": case.reviewed.wording(reading.decision.subject_version) if case.reviewed else ""}  # fmt: skip
    return render(request, "moderation/decisions/reading_detail.html", context, status=422 if form.errors else 200)
