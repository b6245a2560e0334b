"""Campaigns that give something for reviews: planned, with who was asked and what came of them."""

from typing import Any

from django.contrib import messages
from django.db.models import Avg, Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from forums.reviews.models import Campaign
from moderation.fairness.forms import CampaignForm, GuestsForm


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def campaign_list(request: HttpRequest) -> HttpResponse:
    """All of them, and the form of a new one."""
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (campaign := form.plan(by=request.user)):
        return redirect("moderation:campaign-page", campaign.pk)
    context = {"campaigns": Campaign.objects.with_figures().select_related("product")[:100], "form": form}
    return render(request, "moderation/fairness/campaign_list.html", context, status=422 if form.errors else 200)


@requires(Capability.MODERATE)
@require_safe
def campaign_page(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One of them: its link, its terms, who was asked, and the stars that came of it."""
    return show(request, get_object_or_404(Campaign, pk=campaign_id), GuestsForm())


@requires(Capability.MODERATE)
@require_POST
@once
def campaign_invite(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Write down who is asked: whatever they write about its product says so from now on."""
    campaign, form = get_object_or_404(Campaign, pk=campaign_id), GuestsForm(request.POST)
    if not form.is_valid():
        return show(request, campaign, form)
    new, unknown = form.invite_to(campaign, by=request.user)
    told = ngettext("%(n)s person more is asked.", "%(n)s people more are asked.", new) % {"n": new}
    if unknown:
        told += " " + ngettext(
            "%(n)s address belongs to nobody here.", "%(n)s addresses belong to nobody here.", unknown
        ) % {"n": unknown}  # fmt: skip
    messages.success(request, told)
    return redirect("moderation:campaign-page", campaign.pk)


@requires(Capability.MODERATE)
@require_POST
@once
def campaign_end(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Nothing is given from now on."""
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    campaign.end(by=request.user)
    messages.success(request, _("It is over. What came from it keeps its label."))
    return redirect("moderation:campaign-page", campaign.pk)


def show(request: HttpRequest, campaign: Campaign, form: GuestsForm) -> HttpResponse:
    """The page."""
    standing = campaign.incentives.filter(ended_at=None)
    told: dict[str, Any] = standing.aggregate(n=Count("pk"), mean=Avg("review__stars"))
    context = {
        "campaign": campaign,
        "form": form,
        "told": told,
        "written": standing.select_related("review__thread", "review__author")[:50],
        "administers": request.user.can(Capability.ADMINISTER),
        "guests": campaign.guests.select_related("person").order_by("-pk")[:100],
    }
    return render(request, "moderation/fairness/campaign_page.html", context, status=422 if form.errors else 200)
