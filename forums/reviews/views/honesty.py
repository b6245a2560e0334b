"""What everybody may know of how reviews come about: how they are checked, and what a campaign gives."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.catalogue.models import Product
from community.live.pages import shows
from forums.reviews.checking import KEY, facts, given
from forums.reviews.models import Campaign, CheckingNotice


@require_safe
def review_checks(request: HttpRequest) -> HttpResponse:
    """How reviews are checked, as it is set at this moment."""
    return checks_page(request, facts(), None)


@require_safe
def review_checks_version(request: HttpRequest, number: int) -> HttpResponse:
    """What the page said at an earlier time."""
    notice = get_object_or_404(CheckingNotice, number=number)
    return checks_page(request, notice.facts, notice)


def checks_page(request: HttpRequest, told: dict[str, object], shown: CheckingNotice | None) -> HttpResponse:
    """The page of a version; None is what holds now."""
    versions = list(CheckingNotice.objects.all()[:60])
    newest = versions[0] if versions else None
    context = {
        "told": told,
        "given": given(told["campaigns"]),
        "shown": shown if shown and shown != newest else None,
        "since": newest.created_at if newest and newest.facts == told else None,
        "versions": versions,
    }
    return shows(render(request, "forums/reviews/checks.html", context), KEY)


@require_safe
def campaign_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Where the link of a campaign leads: what is given, on which terms, and what every review from it says."""
    campaign = get_object_or_404(Campaign.objects.select_related("product"), code=code)
    products = [campaign.product] if campaign.product else list(Product.objects.visible_to(None))
    return render(request, "forums/reviews/campaign.html", {"campaign": campaign, "products": products})


@require_safe
def campaign_index(request: HttpRequest) -> HttpResponse:
    """What is given for reviews at present: who can take part, until when, on which terms. What is over is not here."""
    campaigns = Campaign.objects.running().select_related("product")
    return render(request, "forums/reviews/campaigns.html", {"campaigns": list(campaigns[:50])})
