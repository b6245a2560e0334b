"""What everybody may know of how reviews come about, for programs: how they are checked, and what campaigns give."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404

from community.addresses import absolute
from community.api.operations import ApiRequest, operation, resource
from community.api.scopes import Area
from community.api.shapes import Listed, Many
from forums.reviews.checking import facts
from forums.reviews.models import Campaign, CheckingNotice
from forums.reviews.models.campaign import IncentiveKind


@dataclass
class ChecksTold:
    """How reviews are checked: the settings themselves, by their names. `number` is the version of the notice, `since`
    the day from which it holds; both are null for what was set a moment ago and has no version yet."""

    number: int | None
    since: datetime | None
    facts: dict[str, Any]


@dataclass
class RunningCampaign:
    """What is given for reviews at present, whatever they say."""

    name: str
    kind: IncentiveKind
    product: str | None
    begins_on: date
    ends_on: date
    eligibility: str
    terms: str
    url: str


@operation(Area.REVIEWS, ChecksTold, is_public=True)
def read_checks(request: ApiRequest) -> ChecksTold:
    """How reviews are checked here, as it is set at this moment."""
    newest, now = CheckingNotice.objects.first(), facts()
    return notice_told(newest) if newest and newest.facts == now else ChecksTold(None, None, now)


@operation(Area.REVIEWS, Many(ChecksTold), is_public=True)
def list_checks(request: ApiRequest) -> Listed:
    """Every version of the notice, the newest first: each change of a setting made one."""
    return Listed([notice_told(notice) for notice in CheckingNotice.objects.all()[:60]])


def notice_told(notice: CheckingNotice) -> ChecksTold:
    """A version of the notice, with the day from which it holds."""
    return ChecksTold(notice.number, notice.created_at, notice.facts)


@operation(Area.REVIEWS, ChecksTold, is_public=True)
def read_checks_version(request: ApiRequest, number: int) -> ChecksTold:
    """What the notice said at an earlier time."""
    return notice_told(get_object_or_404(CheckingNotice, number=number))


@operation(Area.REVIEWS, Many(RunningCampaign), is_public=True)
def list_running_campaigns(request: ApiRequest) -> Listed:
    """Campaigns that give something for reviews today."""
    running = Campaign.objects.running().select_related("product")
    return Listed([running_told(one) for one in running[:50]])


def running_told(one: Campaign) -> RunningCampaign:
    """A campaign as everybody reads of it."""
    return RunningCampaign(
        name=one.name,
        kind=IncentiveKind(one.kind),
        product=one.product.slug if one.product else None,
        begins_on=one.begins_on,
        ends_on=one.ends_on,
        eligibility=one.eligibility,
        terms=one.terms,
        url=absolute(one.get_absolute_url()),
    )


api_checks = resource("api_checks", get=read_checks)
api_checks_versions = resource("api_checks_versions", get=list_checks)
api_checks_version = resource("api_checks_version", get=read_checks_version)
api_running_campaigns = resource("api_running_campaigns", get=list_running_campaigns)
