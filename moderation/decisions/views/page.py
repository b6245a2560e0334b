"""What the pages of the review queue share."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from community.paging import page_of
from community.text.diffs import diff_html
from moderation.decisions.deeds import DEEDS
from moderation.decisions.forms import DecisionForm
from moderation.decisions.ladder import next_step
from moderation.decisions.lists import VIEWS, CaseView, cases_in, counts_for, view_named
from moderation.decisions.models import Action, Exposure
from moderation.flags.models import Case


def nav_context(request: HttpRequest) -> dict[str, Any]:
    """The views with their numbers, for the pane on the left."""
    counts = counts_for(request.user)
    return {
        "views": [(view, counts.get(view.key)) for view in VIEWS],
        "counts": counts,
        "exposures": Exposure.objects.today(request.user).count(),
        "exposure_limit": settings.SENSITIVE_CASES_A_DAY,
    }


def place_in(request: HttpRequest, case: Case | None = None) -> str:
    """The address of the list, or of a case, in the view in which the moderator works."""
    address = case.get_absolute_url() if case else reverse("moderation:case-list")
    view = view_of(request)
    return address if view == VIEWS[0] else f"{address}?{urlencode({'view': view.key})}"


def view_of(request: HttpRequest) -> CaseView:
    """The view in which the moderator works, carried along in every address."""
    return view_named(request.GET.get("view", ""))


def list_context(request: HttpRequest, case: Case | None = None) -> dict[str, Any]:
    """The list beside the open case."""
    view = view_of(request)
    page = page_of(cases_in(view, request.user), view.order, request.GET.get("after", ""))
    for row in page.rows:
        row.is_the_open = case is not None and row.pk == case.pk
    return {**nav_context(request), "view": view, "cases": page.rows, "after": page.older, "open_case": case}


def case_for(request: HttpRequest, case_id: int) -> Case:
    """A case that this person may see; any other does not exist."""
    return get_object_or_404(Case.objects.visible_to(request.user).with_rows(), pk=case_id)


def case_context(request: HttpRequest, case: Case, form: Any = None, seen: str = "") -> dict[str, Any]:
    """The case with its object, its past, and the person it concerns. With `seen`, what changed since that version."""
    reviewed = case.reviewed
    form = form or DecisionForm(
        names=reviewed.deeds if reviewed else (),
        initial={
            "deeds": list(reviewed.always) if reviewed else [],
            "seen": reviewed.version if reviewed else "",
            "text": reviewed.text if reviewed else "",
            "rule": next((flag.rule_id for flag in case.flags.all()), None),
        },
    )
    moved_on = bool(seen and reviewed and reviewed.version != seen)
    return {
        "case": case,
        "view": view_of(request),
        "reviewed": reviewed,
        "form": form,
        "deeds": [DEEDS[name] for name in (reviewed.deeds if reviewed else ())],
        "diff": diff_html(reviewed.wording(seen), reviewed.text) if moved_on and reviewed else "",
        "decisions": case.decisions.select_related("by", "rule", "statement").prefetch_related("actions"),
        "notes": case.notes.select_related("by"),
        "earlier": Case.objects.filter(concerns=case.concerns).exclude(pk=case.pk).order_by("-pk")[:6],
        "strikes": Action.objects.strikes_of(case.concerns).order_by("-pk")[:6] if case.concerns else [],
        "next_days": next_step(case.concerns) if case.concerns else 0,
        "is_mine": case.holder == request.user,
    }
