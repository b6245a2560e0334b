"""Reporting something to the team, for programs, and what came of one's reports."""

from dataclasses import dataclass
from datetime import datetime

from community.api.operations import AFTER, ApiRequest, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Listed, Many
from community.paging import page_of
from moderation.flags.forms import FlagForm
from moderation.flags.models import Flag, HouseRule
from moderation.flags.views.reporting import readable


@dataclass
class RuleInForce:
    """A rule of the house; reports name one by its number."""

    id: int
    title: str
    text: str


@dataclass
class FlagTold:
    """A report of yours, and where it stands. It never says what happened to anybody."""

    receipt: str
    rule: str
    note: str
    outcome: str
    outcome_in_words: str
    at: datetime


@operation(Area.COMMUNITY, Many(RuleInForce), is_public=True)
def list_rules(request: ApiRequest) -> Listed:
    """The rules of the house."""
    return Listed([RuleInForce(rule.pk, rule.title, rule.text) for rule in HouseRule.objects.in_force()])


@operation(Area.OWN, Many(FlagTold), query=(AFTER,))
def list_flags(request: ApiRequest) -> Listed:
    """Your reports, the newest first."""
    own = Flag.objects.filter(by=request.user).select_related("case", "rule")
    page = page_of(own, "-created_at", request.GET.get("after", ""))
    return Listed([flag_told(one) for one in page.rows], page.older)


def flag_told(flag: Flag) -> FlagTold:
    """A report as its reporter reads it."""
    return FlagTold(flag.receipt, flag.rule.title, flag.note, flag.outcome, str(flag.sentence), flag.created_at)


@operation(Area.COMMUNITY, FlagTold, form=FlagForm, statuses=(201,))
def flag_post(request: ApiRequest, pk: int) -> FlagTold:
    """Say that a post is against a rule. The person concerned does not learn who said so; twice changes nothing."""
    subject, form = readable(request, "post", pk), FlagForm(request.data)
    flag: Flag = saved(form, lambda: Flag.objects.flag(subject.row, by=request.user, **form.cleaned_data))
    return flag_told(flag)


api_rules = resource("api_rules", get=list_rules)
api_flags = resource("api_flags", get=list_flags)
api_post_flag = resource("api_post_flag", post=flag_post)
