"""Campaigns for programs of the team: planned, who is asked, and when they are over."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from community.addresses import absolute
from community.api.operations import ApiRequest, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Listed, Many
from community.catalogue.models import Product
from community.form_fields import CommaField
from community.people.roles import Capability
from forums.reviews.models import Campaign
from forums.reviews.models.campaign import IncentiveKind
from moderation.fairness.forms import CampaignForm, GuestsForm

MODERATORS = (Capability.MODERATE,)


@dataclass
class CampaignTold:
    """A campaign that gives something for reviews, whatever they say. `code` goes with a review that comes from it;
    `mean` is what those who wrote gave."""

    id: int
    name: str
    kind: IncentiveKind
    product: str | None
    begins_on: date
    ends_on: date
    budget: str
    eligibility: str
    terms: str
    invitation: str
    code: str
    is_running: bool
    asked: int
    written: int
    mean: float | None
    url: str


@dataclass
class Asked:
    """How many people more are asked, and how many addresses belong to nobody here."""

    new: int
    unknown: int


class PlanForm(CampaignForm):
    """A campaign, with its product by the name of its page."""

    product = forms.ModelChoiceField(
        Product.objects.all(), label=_("Product (none: all)"), required=False, to_field_name="slug"
    )


class GuestListForm(GuestsForm):
    """The same, with commas between the addresses."""

    addresses = CommaField(label=_("Mail addresses of those who are asked"), most=1000, each=254, max_length=255_000)

    def clean_addresses(self) -> list[str]:
        """Each once. What is no address is counted with those that nobody has."""
        return sorted({part.strip().lower() for part in self.cleaned_data["addresses"].split(",")} - {""})


def known() -> Any:
    """Campaigns with what came of them."""
    return Campaign.objects.with_figures().select_related("product")


@operation(Area.DESK, Many(CampaignTold), needs=MODERATORS)
def list_campaigns(request: ApiRequest) -> Listed:
    """Campaigns, the newest first, with who was asked and what came of them."""
    return Listed([campaign_told(one) for one in known()[:100]])


def campaign_told(one: Any) -> CampaignTold:
    """A campaign for the team."""
    return CampaignTold(
        id=one.pk, name=one.name, kind=one.kind, product=one.product.slug if one.product else None,
        begins_on=one.begins_on, ends_on=one.ends_on, budget=one.budget, eligibility=one.eligibility,
        terms=one.terms, invitation=one.invitation, code=one.code, is_running=one.is_running,
        asked=one.asked, written=one.written, mean=round(one.mean, 2) if one.mean is not None else None,
        url=absolute(one.get_absolute_url()),
    )  # fmt: skip


@operation(Area.DESK, CampaignTold, form=PlanForm, needs=MODERATORS, statuses=(201,))
def plan_campaign(request: ApiRequest) -> CampaignTold:
    """Plan a campaign. Words that make the reward depend on what a review says are refused (422), field by field."""
    form = PlanForm(request.data)
    campaign: Campaign = saved(form, lambda: form.plan(by=request.user))
    return campaign_told(known().get(pk=campaign.pk))


@operation(Area.DESK, CampaignTold, needs=MODERATORS)
def read_campaign(request: ApiRequest, campaign_id: int) -> CampaignTold:
    """One campaign."""
    return campaign_told(get_object_or_404(known(), pk=campaign_id))


@operation(Area.DESK, Asked, form=GuestListForm, needs=MODERATORS, statuses=(201,))
def ask_guests(request: ApiRequest, campaign_id: int) -> Asked:
    """Write down who is asked: whatever they write about its product says so from now on."""
    campaign, form = get_object_or_404(Campaign, pk=campaign_id), GuestListForm(request.data)
    asked: tuple[int, int] = saved(form, lambda: form.invite_to(campaign, by=request.user))
    return Asked(*asked)


@operation(Area.DESK, CampaignTold, needs=MODERATORS)
def end_campaign(request: ApiRequest, campaign_id: int) -> CampaignTold:
    """Nothing is given from now on. What came from it keeps its label."""
    get_object_or_404(Campaign, pk=campaign_id).end(by=request.user)
    return campaign_told(known().get(pk=campaign_id))


api_campaigns = resource("api_campaigns", get=list_campaigns, post=plan_campaign)
api_campaign = resource("api_campaign", get=read_campaign)
api_campaign_guests = resource("api_campaign_guests", post=ask_guests)
api_campaign_end = resource("api_campaign_end", post=end_campaign)
