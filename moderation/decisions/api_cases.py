"""The review queue for programs of moderators: what waits, why, and what is decided about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from community.addresses import absolute
from community.api.operations import AFTER, Answer, ApiRequest, Query, based_on_version, operation, resource, saved
from community.api.scopes import Area
from community.paging import page_of
from community.people.roles import Capability
from forums.threads.api import readable as readable_post
from moderation.decisions.deciding import decide, undo
from moderation.decisions.forms import DecisionForm, ReasonForm
from moderation.decisions.lists import BY_KEY, cases_in, counts_for, view_named
from moderation.decisions.models import Decision
from moderation.decisions.taking import take
from moderation.decisions.views.page import case_for
from moderation.flags.models import Case

MODERATORS = (Capability.MODERATE,)


@dataclass
class FindingTold:
    """What a rule, a score or a signal said, in words, with its points in the queue."""

    rule: str
    version: int
    reason: str
    points: int


@dataclass
class ReportTold:
    """Somebody's word that a rule of the house is broken."""

    rule: str
    note: str


@dataclass
class DecisionTold:
    """What somebody, or a rule with its version, decided; `undone` says why it no longer stands."""

    id: int
    outcome: str
    by: str
    rule: str
    facts: str
    deeds: list[str]
    at: datetime
    is_standing: bool
    undone: str


@dataclass
class CaseTold:
    """An object that somebody should look at, with all that speaks against it. `deeds` are what can be done with it."""

    id: int
    kind: str
    title: str
    concerns: str
    origin: str
    state: str
    outcome: str
    score: int
    held_by: str
    text: str
    findings: list[FindingTold]
    reports: list[ReportTold]
    deeds: list[str]
    opened_at: datetime
    url: str


@dataclass
class CaseRead:
    """A case with what was decided about it so far."""

    case: CaseTold
    decisions: list[DecisionTold]


@dataclass
class CasesTold:
    """A page of one view, and how many cases each view holds."""

    view: str
    rows: list[CaseTold]
    next: str
    counts: dict[str, int]


class CaseDecisionForm(DecisionForm):
    """What is to be done; `left` says that nothing is against the rules."""

    left = forms.BooleanField(required=False)


class TakeForm(forms.Form):
    """Taking a case at hand."""

    reason = forms.CharField(
        label=_("Why you take it from a colleague"),
        help_text=_("Needed only when somebody else has it at hand."),
        max_length=500,
        required=False,
    )


LISTS = (Query("view", "which view", tuple(BY_KEY)), AFTER)


@operation(Area.DESK, CasesTold, query=LISTS, needs=MODERATORS)
def list_cases(request: ApiRequest) -> CasesTold:
    """What waits for a look, the most urgent first: the same rows as on the page."""
    view = view_named(request.GET.get("view", ""))
    page = page_of(cases_in(view, request.user), view.order, request.GET.get("after", ""))
    return CasesTold(view.key, [case_told(case) for case in page.rows], page.older, counts_for(request.user))


def case_told(case: Case) -> CaseTold:
    """A case, with its object as it is now."""
    reviewed = case.reviewed
    return CaseTold(
        id=case.pk, kind=case.kind, title=case.title, concerns=case.concerns.username if case.concerns else "",
        origin=case.origin, state=case.state, outcome=case.outcome, score=case.score,
        held_by=case.holder.name if case.holder else "", text=reviewed.text if reviewed else "",
        findings=[FindingTold(row.rule, row.version, row.reason, row.points) for row in case.findings.all()],
        reports=[ReportTold(flag.rule.title, flag.note) for flag in case.flags.all()],
        deeds=list(reviewed.deeds) if reviewed else [], opened_at=case.opened_at, url=absolute(case.get_absolute_url()),
    )  # fmt: skip


def told(request: ApiRequest, case_id: int) -> Answer:
    """The case as it is now. Its ETag is the wording that was looked at, so that nobody decides on another."""
    case = case_for(request, case_id)
    made = case.decisions.select_related("by", "rule").prefetch_related("actions").order_by("-pk")
    version = case.reviewed.version if case.reviewed else "0"
    return Answer(CaseRead(case_told(case), [decision_told(one) for one in made]), version=version)


def decision_told(one: Decision) -> DecisionTold:
    """A decision for moderators."""
    return DecisionTold(
        id=one.pk,
        outcome=one.outcome,
        by=one.by.name if one.by else one.machine,
        rule=one.rule.title if one.rule else "",
        facts=one.facts,
        deeds=sorted({action.kind for action in one.actions.all()}),
        at=one.created_at,
        is_standing=one.is_standing,
        undone=one.undone_why,
    )


def current_case(request: ApiRequest, case_id: int) -> CaseRead:
    """The case as it is now, for whoever was late."""
    read: CaseRead = told(request, case_id).body
    return read


@operation(Area.DESK, CaseRead, needs=MODERATORS, has_version=True)
def read_case(request: ApiRequest, case_id: int) -> Answer:
    """One case."""
    return told(request, case_id)


@operation(
    Area.DESK, CaseRead, form=CaseDecisionForm, leave_out=("seen",), needs=MODERATORS, statuses=(201,),
    has_version=True, current=current_case,
)  # fmt: skip
def decide_case(request: ApiRequest, case_id: int) -> Answer:
    """Decide: deeds with the rule and the facts, which the person reads; or `left`, when nothing is against the rules.
    Without a rule and the facts nothing is done (422). Whoever is concerned gets a statement of reasons."""
    case = case_for(request, case_id)
    version = case.reviewed.version if case.reviewed else ""
    form = CaseDecisionForm(
        based_on_version(request, "seen", version), names=case.reviewed.deeds if case.reviewed else ()
    )
    saved(form, lambda: decide(case, form.wanted, by=request.user, seen=form.cleaned_data["seen"]))
    answer = told(request, case_id)
    return Answer(answer.body, 201, answer.version)


@operation(Area.DESK, CaseRead, form=TakeForm, needs=MODERATORS)
def take_case(request: ApiRequest, case_id: int) -> CaseRead:
    """Take a case at hand for ten minutes, so that nobody else works on it; do it again to keep it. A colleague's (409)
    is taken with a reason."""
    case, form = case_for(request, case_id), TakeForm(request.data)
    saved(form, lambda: take(case, by=request.user, reason=form.cleaned_data["reason"]))
    return current_case(request, case_id)


@operation(Area.DESK, CaseRead, needs=MODERATORS)
def put_back_case(request: ApiRequest, case_id: int) -> CaseRead:
    """Let somebody else look at it. One that you do not have at hand stays as it is."""
    case_for(request, case_id).release(by=request.user)
    return current_case(request, case_id)


@operation(Area.DESK, CaseRead, form=ReasonForm, needs=MODERATORS)
def undo_decision(request: ApiRequest, decision_id: int) -> CaseRead:
    """Take a decision back with all it did, within thirty days; the case is open again."""
    seen: Any = Decision.objects.filter(case__in=Case.objects.visible_to(request.user)).select_related("case")
    decision, form = get_object_or_404(seen, pk=decision_id), ReasonForm(request.data)
    saved(form, lambda: undo(decision, by=request.user, reason=form.cleaned_data["reason"]))
    return current_case(request, decision.case_id)


@operation(Area.DESK, CaseRead, needs=MODERATORS, statuses=(201,))
def open_case(request: ApiRequest, pk: int) -> CaseRead:
    """You came across a post, such as the text of a review: it becomes a case, or adds to the one that there is."""
    case = Case.objects.open_about(readable_post(request, pk), by=request.user, origin=Case.Origin.STAFF)
    return current_case(request, case.pk)


api_cases = resource("api_cases", get=list_cases)
api_case = resource("api_case", get=read_case)
api_case_claim = resource("api_case_claim", post=take_case, delete=put_back_case)
api_case_decision = resource("api_case_decision", post=decide_case)
api_decision_undo = resource("api_decision_undo", post=undo_decision)
api_post_case = resource("api_post_case", post=open_case)
