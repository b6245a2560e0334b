"""Requests for reviews, for programs of the team: who was asked, who was not and why, and whether that is even."""

from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import get_object_or_404

from community.api.operations import AFTER, ApiRequest, Query, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Listed, Many
from community.paging import page_of
from community.people.roles import Capability
from moderation.feedback.auditing import PERIODS, Audit, Group, audit, left_out
from moderation.feedback.forms import ExemptionForm
from moderation.feedback.models import Asking, Exemption

MODERATORS = (Capability.MODERATE,)


@dataclass
class GroupTold:
    """Buyers who had a problem before, or buyers who had none: how many, and how many of them were asked."""

    buyers: int
    asked: int
    percent: float


@dataclass
class ReasonTold:
    """Why buyers were not asked, and how many."""

    reason: str
    in_words: str
    buyers: int


@dataclass
class AskedStars:
    """How many of those who were asked gave so many stars."""

    stars: int
    reviews: int


@dataclass
class AuditTold:
    """Requests for reviews in a period. `gap_low` and `gap_high` bound the difference of both groups' shares, in points
    of per cent, 95 of 100 times; null with too few. It is even when nothing speaks against it."""

    days: int
    delivered: int
    asked: int
    reminded: int
    reviewed: int
    left_out: list[ReasonTold]
    had_a_problem: GroupTold
    had_none: GroupTold
    gap_low: float | None
    gap_high: float | None
    is_even: bool
    stars: list[AskedStars]


@dataclass
class LeftOut:
    """A buyer who was not asked, without address and order number."""

    product: str
    shop: str
    reason: str
    person: str
    decided_at: datetime


@dataclass
class ExemptionTold:
    """An order whose buyer is not asked, for a legal reason. Only the end of its number is shown."""

    id: int
    order: str
    reason: str
    by: str
    since: datetime
    until: datetime | None


PERIOD = (Query("days", "of the last so many days; 90 without it", tuple(str(days) for days in PERIODS)),)


@operation(Area.DESK, AuditTold, query=PERIOD, needs=MODERATORS)
def audit_asking(request: ApiRequest) -> AuditTold:
    """Who was asked for a review after a delivery, who was not and why, and whether unhappy buyers were asked too."""
    return audit_told(audit(int(request.GET.get("days") or 90)))


def audit_told(one: Audit) -> AuditTold:
    """The figures of the page."""
    low, high = one.gap or (None, None)
    return AuditTold(
        days=one.days, delivered=one.delivered, asked=one.asked, reminded=one.reminded, reviewed=one.reviewed,
        left_out=[ReasonTold(row["outcome"], str(row["label"]), row["n"]) for row in one.reasons],
        had_a_problem=group_told(one.troubled), had_none=group_told(one.calm),
        gap_low=low, gap_high=high, is_even=one.is_even, stars=[AskedStars(*pair) for pair in one.stars],
    )  # fmt: skip


def group_told(group: Group) -> GroupTold:
    return GroupTold(group.n, group.asked, group.percent)


@operation(Area.DESK, Many(LeftOut), query=(AFTER,), needs=MODERATORS)
def list_left_out(request: ApiRequest) -> Listed:
    """Buyers who were not asked, and why, those decided last first."""
    page = page_of(left_out(), "-decided_at", request.GET.get("after", ""))
    return Listed([left_out_told(row) for row in page.rows], page.older)


def left_out_told(row: Asking) -> LeftOut:
    """A line of that list."""
    name = row.person.name if row.person else ""
    return LeftOut(row.product.slug, row.purchase.source, row.outcome, name, row.decided_at)


@operation(Area.DESK, Many(ExemptionTold), query=(AFTER,), needs=MODERATORS)
def list_exemptions(request: ApiRequest) -> Listed:
    """Orders whose buyers are not asked, the newest first."""
    known = Exemption.objects.standing().select_related("by")
    page = page_of(known, "-created_at", request.GET.get("after", ""))
    return Listed([exemption_told(row) for row in page.rows], page.older)


def exemption_told(row: Exemption) -> ExemptionTold:
    return ExemptionTold(row.pk, row.masked, row.reason, row.by.name, row.created_at, row.ended_at)


@operation(Area.DESK, ExemptionTold, form=ExemptionForm, needs=MODERATORS, statuses=(201,))
def exempt_order(request: ApiRequest) -> ExemptionTold:
    """The buyer of an order is not to be asked, for a legal reason."""
    form = ExemptionForm(request.data)
    row: Exemption = saved(form, lambda: Exemption.objects.exempt(by=request.user, **form.cleaned_data))
    return exemption_told(row)


@operation(Area.DESK, ExemptionTold, needs=MODERATORS)
def end_exemption(request: ApiRequest, pk: int) -> ExemptionTold:
    """They may be asked again."""
    row = get_object_or_404(Exemption.objects.select_related("by"), pk=pk)
    row.end(by=request.user)
    row.refresh_from_db()
    return exemption_told(row)


api_asking = resource("api_asking", get=audit_asking)
api_left_out = resource("api_left_out", get=list_left_out)
api_exemptions = resource("api_exemptions", get=list_exemptions, post=exempt_order)
api_exemption_end = resource("api_exemption_end", post=end_exemption)
