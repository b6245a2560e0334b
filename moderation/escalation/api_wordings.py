"""Wordings that read as if they asked for another review, for programs of supervisors."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.shortcuts import get_object_or_404

from community.api.operations import AFTER, ApiRequest, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Listed, Many
from community.paging import page_of
from community.people.roles import Capability
from moderation.escalation.models import Wording

SUPERVISORS = (Capability.SUPERVISE,)


@dataclass
class WordingWaiting:
    """What an agent wanted to say, where, and what was decided: approved, refused, or nothing yet."""

    id: int
    text: str
    thread: int | None
    by: str
    at: datetime
    decision: str
    reason: str


class WordingForm(forms.Form):
    """Yes or no, with a reason."""

    is_approved = forms.BooleanField(required=False)
    reason = forms.CharField(max_length=500)


@operation(Area.DESK, Many(WordingWaiting), query=(AFTER,), needs=SUPERVISORS)
def list_wordings(request: ApiRequest) -> Listed:
    """Wordings on which nobody has decided, the oldest first."""
    page = page_of(Wording.objects.waiting().select_related("by"), "created_at", request.GET.get("after", ""))
    return Listed([wording_told(one) for one in page.rows], page.older)


def wording_told(one: Wording) -> WordingWaiting:
    """A wording for supervisors."""
    decision = "" if one.decided_at is None else "approved" if one.is_approved else "refused"
    return WordingWaiting(one.pk, one.text, one.thread_id, one.by.name, one.created_at, decision, one.reason)


@operation(Area.DESK, WordingWaiting, form=WordingForm, needs=SUPERVISORS)
def decide_on_wording(request: ApiRequest, pk: int) -> WordingWaiting:
    """Let these very words pass here, or say no. Either needs a reason, and nobody decides on their own."""
    wording = get_object_or_404(Wording.objects.waiting().select_related("by"), pk=pk)
    form = WordingForm(request.data)
    saved(form, lambda: wording.decide(by=request.user, **form.cleaned_data))
    return wording_told(wording)


api_wordings = resource("api_wordings", get=list_wordings)
api_wording_decision = resource("api_wording_decision", post=decide_on_wording)
