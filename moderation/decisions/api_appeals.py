"""Appeals for programs of moderators: what waits for an answer, and the answer, by somebody who did not decide."""

from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import get_object_or_404

from community.api.operations import AFTER, ApiRequest, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Listed, Many
from community.paging import page_of
from community.people.roles import Capability
from moderation.decisions.appealing import answer, milder_for
from moderation.decisions.forms import AppealAnswerForm
from moderation.decisions.models import Appeal

MODERATORS = (Capability.MODERATE,)


@dataclass
class AppealTold:
    """Somebody says that a decision was wrong; `outcome` is empty until it is answered."""

    id: int
    case: int
    decision: int
    by: str
    is_by_reporter: bool
    text: str
    at: datetime
    due_at: datetime
    outcome: str
    reason: str
    answered_by: str


@operation(Area.DESK, Many(AppealTold), query=(AFTER,), needs=MODERATORS)
def list_appeals(request: ApiRequest) -> Listed:
    """Appeals that wait, the one that is due first on top."""
    seen = Appeal.objects.visible_to(request.user).open().select_related("decision", "by", "decided_by")
    page = page_of(seen, "due_at", request.GET.get("after", ""))
    return Listed([appeal_told(one) for one in page.rows], page.older)


def appeal_told(one: Appeal) -> AppealTold:
    """An appeal for moderators."""
    return AppealTold(
        id=one.pk,
        case=one.decision.case_id,
        decision=one.decision_id,
        by=one.by.name if one.by else "",
        is_by_reporter=one.is_by_reporter,
        text=one.text,
        at=one.created_at,
        due_at=one.due_at,
        outcome=one.outcome,
        reason=one.reason,
        answered_by=one.decided_by.name if one.decided_by else "",
    )


@operation(Area.DESK, AppealTold, form=AppealAnswerForm, needs=MODERATORS)
def answer_appeal(request: ApiRequest, appeal_id: int) -> AppealTold:
    """Uphold, modify (with the milder `deed`) or overturn, with a reason that the person reads. Whoever decided first
    does not answer (403)."""
    seen = Appeal.objects.visible_to(request.user).select_related("decision__case", "by", "decided_by")
    appeal = get_object_or_404(seen, pk=appeal_id)
    form = AppealAnswerForm(request.data, names=milder_for(appeal), by_reporter=appeal.is_by_reporter)
    saved(form, lambda: answer(appeal, by=request.user, **form.cleaned_data))
    return appeal_told(appeal)


api_appeals = resource("api_appeals", get=list_appeals)
api_appeal_answer = resource("api_appeal_answer", post=answer_appeal)
