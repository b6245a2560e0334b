"""What was decided about somebody, for their own programs: the statement of reasons, and the appeal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404

from community.addresses import absolute
from community.api.operations import AFTER, ApiRequest, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Done, Listed, Many
from community.paging import page_of
from moderation.decisions.appealing import appeal
from moderation.decisions.forms import AppealForm
from moderation.decisions.models import StatementOfReasons


@dataclass
class RuleTold:
    """The rule as it stood when it was applied."""

    title: str
    text: str


@dataclass
class Automation:
    """Whether a machine found it, or decided; then `rule` says which, with its version."""

    detection: bool
    decision: bool
    rule: str


@dataclass
class Measure:
    """One thing that was done: until when, or (`lasts`) until it is taken back."""

    what: str
    until: datetime | None
    lasts: bool


@dataclass
class StatementTold:
    """What was decided, where, by which rule, on which facts, for how long, and how to appeal: as on its page."""

    token: str
    what: str
    where: str
    rule: RuleTold
    facts: str
    scope: str
    measures: list[Measure]
    since: datetime
    until: datetime | None
    automation: Automation
    appeal_until: datetime
    is_appealed: bool
    is_standing: bool
    url: str


@operation(Area.OWN, Many(StatementTold), query=(AFTER,))
def list_statements(request: ApiRequest) -> Listed:
    """Every decision about you and what you wrote, the newest first."""
    page = page_of(own(request), "-created_at", request.GET.get("after", ""))
    return Listed([statement_told(one) for one in page.rows], page.older)


def own(request: ApiRequest) -> Any:
    """The statements that the key's owner was sent."""
    known = StatementOfReasons.objects.select_related("decision").prefetch_related("decision__appeals")
    return known.filter(person=request.user)


def statement_told(one: StatementOfReasons) -> StatementTold:
    """The record that the page shows."""
    automation = Automation(one.is_found_by_machine, one.is_made_by_machine, one.decision.machine)
    return StatementTold(
        token=one.token,
        what=one.title,
        where=one.url,
        rule=RuleTold(one.rule_title, one.rule_text),
        facts=one.facts,
        scope=one.scope,
        measures=[Measure(step.what, step.until, step.is_lasting) for step in one.steps],
        since=one.created_at,
        until=one.until,
        automation=automation,
        appeal_until=one.appeal_until,
        is_appealed=any(row.flag_id is None for row in one.decision.appeals.all()),
        is_standing=one.decision.is_standing,
        url=absolute(one.get_absolute_url()),
    )


@operation(Area.OWN, StatementTold)
def read_statement(request: ApiRequest, token: str) -> StatementTold:
    """One statement of reasons."""
    return statement_told(get_object_or_404(own(request), token=token))


@operation(Area.OWN, Done, form=AppealForm, leave_out=("file",), statuses=(201,))
def appeal_against(request: ApiRequest, token: str) -> Done:
    """Say why it was wrong, once and within six months. Somebody else than the first reviewer reads it."""
    statement, form = get_object_or_404(own(request), token=token), AppealForm(request.data)
    saved(form, lambda: appeal(statement.decision, by=request.user, text=form.cleaned_data["text"]))
    return Done()


api_statements = resource("api_statements", get=list_statements)
api_statement = resource("api_statement", get=read_statement)
api_statement_appeal = resource("api_statement_appeal", post=appeal_against)
