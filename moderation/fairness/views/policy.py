"""For moderators: whether reviews are treated alike, how right the signals were, and what the site decides."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal
from forums.reviews.models import Review, ReviewPolicy
from forums.reviews.models.policy import FIELDS
from forums.reviews.signals import HOLD_AT
from moderation.fairness.calibrating import calibrated
from moderation.fairness.forms import PolicyForm, ReasonForm
from moderation.fairness.parity import parity_of


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def fairness(request: HttpRequest) -> HttpResponse:
    """The report, the precision of each signal, and the policy with its history."""
    now = ReviewPolicy.objects.in_force()
    form = PolicyForm(request.POST or None, instance=ReviewPolicy(insiders=now.insiders), initial=said_by(now))
    if request.method == "POST" and form.is_valid():
        try:
            ReviewPolicy.objects.change(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Decided. The page “How we check reviews” says so in a moment."))
            return redirect("moderation:fairness")
    context = {
        "parity": parity_of(),
        "signals": calibrated(),
        "hold_at": HOLD_AT,
        "form": form,
        "history": ReviewPolicy.objects.select_related("by").order_by("-pk")[:20],
        "held": Review.objects.filter(thread__is_hidden=True, thread__posts__hiding=None).count(),
    }
    return render(request, "moderation/fairness/fairness.html", context, status=422 if form.errors else 200)


@requires(Capability.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def incentive_remove(request: HttpRequest, review_id: int) -> HttpResponse:
    """Take the label of an incentive off a review, with a reason that stays."""
    reviews = Review.objects.visible_to(request.user).select_related("thread", "product")
    review = get_object_or_404(reviews, pk=review_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        review.take_incentive_off(by=request.user, reason=form.cleaned_data["reason"])
        return redirect(review)
    context = {"review": review, "form": form, "incentives": review.incentives.select_related("campaign", "ended_by")}
    return render(request, "moderation/fairness/incentive_remove.html", context, status=422 if form.errors else 200)


def said_by(policy: ReviewPolicy) -> dict[str, Any]:
    """What holds now, to be changed; the reason is a new one each time."""
    return {name: getattr(policy, name) for name in FIELDS}
