"""Fair reviews for programs: the ledger that everybody can read, the policy, insiders, and labels that were wrong."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from community.api.operations import AFTER, ApiRequest, Query, operation, resource, saved
from community.api.scopes import Area
from community.api.shapes import Listed, Many
from community.catalogue.models import Product
from community.form_fields import CommaField
from community.paging import page_of
from community.people.models import Person
from community.people.roles import Capability
from forums.reviews.api_shapes import ReviewTold, readable, told
from forums.reviews.insiders import take_directory
from forums.reviews.models import Insider, ReviewPolicy, Tie
from moderation.fairness.codes import said, words_of
from moderation.fairness.forms import InsiderForm, PolicyForm, ReasonForm
from moderation.fairness.models import LedgerLine
from moderation.fairness.parity import Comparison, Parity, Rate, parity_of

MODERATORS = (Capability.MODERATE,)


@dataclass
class RateTold:
    """How many of how many, in per cent, and between which rates the true one lies 95 of 100 times."""

    part: int
    whole: int
    percent: float | None
    low: float
    high: float


@dataclass
class StarsTold:
    """What became of the reviews with so many stars."""

    stars: int
    received: int
    published: int
    waiting: int
    refused: int
    not_counted: int
    refusals: RateTold
    holds: RateTold


@dataclass
class ComparisonTold:
    """One and two stars against four and five: the rates, and the interval of their difference in points of per cent.
    It is alarming when chance alone does not explain it."""

    few_stars: RateTold
    many_stars: RateTold
    difference_low: float
    difference_high: float
    is_alarming: bool


@dataclass
class LineTold:
    """A review that was out of sight, or out of the numbers: since when, until when, why, and who decided."""

    since: datetime
    until: datetime | None
    product: str | None
    stars: int
    what: str
    code: str
    code_in_words: str
    by: str


@dataclass
class LedgerTold:
    """The public ledger: each number of stars, whether they are judged alike, and a page of its lines."""

    by_stars: list[StarsTold]
    refusals: ComparisonTold
    holds: ComparisonTold
    rows: list[LineTold]
    next: str


@dataclass
class PolicyTold:
    """What the site decides about reviews, since when, and why."""

    insiders: str
    partner_domains: str
    held_for_hours: int
    silent_signals: list[str]
    reason: str
    since: datetime | None


@dataclass
class InsiderTold:
    """Somebody who is close to the company: how that is known, and whether it was taken back."""

    id: int
    username: str
    tie: str
    tie_in_words: str
    since: datetime
    until: datetime | None


@dataclass
class DirectoryCompared:
    """How many people here are in the directory."""

    found: int


class AddressesForm(forms.Form):
    """Mail addresses out of the company's directory. Those that nobody here has are not kept."""

    addresses = CommaField(label=_("Mail addresses"), most=1000, each=254, max_length=255_000)


LISTS = (Query("product", "the product's slug; without it, all products"), AFTER)


@operation(Area.REVIEWS, LedgerTold, is_public=True, query=LISTS)
def read_ledger(request: ApiRequest) -> LedgerTold:
    """What was received, published and refused for each number of stars, and a line for all that is not shown."""
    slug = request.GET.get("product", "")
    product = get_object_or_404(Product.objects.visible_to(request.user), slug=slug) if slug else None
    lines = LedgerLine.objects.of(product).select_related("product")
    page, words, parity = page_of(lines, "-began_at", request.GET.get("after", "")), words_of(), parity_of(product)
    rows = [line_told(line, said(words, line.code)) for line in page.rows]
    compared = (compared_told(parity.refusals), compared_told(parity.holds))
    return LedgerTold(stars_told(parity), *compared, rows, page.older)


def rate_told(rate: Rate) -> RateTold:
    return RateTold(rate.part, rate.whole, rate.percent, *rate.interval)


def stars_told(parity: Parity) -> list[StarsTold]:
    """The table of the page."""
    return [
        StarsTold(
            row.stars, row.received, row.published, row.waiting, row.refused, row.not_counted,
            rate_told(row.refusals), rate_told(row.holds),
        )
        for row in parity.rows
    ]  # fmt: skip


def compared_told(one: Comparison) -> ComparisonTold:
    """Both rates beside one another."""
    return ComparisonTold(rate_told(one.low), rate_told(one.high), *one.difference, one.is_alarming)


def line_told(line: LedgerLine, words: str) -> LineTold:
    """A line as everybody reads it: no text, no name."""
    return LineTold(
        since=line.began_at,
        until=line.ended_at,
        product=line.product.slug if line.product else None,
        stars=line.stars,
        what=line.what,
        code=line.code,
        code_in_words=words,
        by="rule" if line.is_by_rule else "person",
    )


@operation(Area.DESK, PolicyTold, needs=MODERATORS)
def read_policy(request: ApiRequest) -> PolicyTold:
    """What holds now."""
    now = ReviewPolicy.objects.in_force()
    facts = (now.insiders, now.partner_domains, now.held_for_hours, now.silent_signals, now.reason)
    return PolicyTold(*facts, now.created_at if now.pk else None)


@operation(Area.DESK, PolicyTold, form=PolicyForm, needs=MODERATORS)
def change_policy(request: ApiRequest) -> PolicyTold:
    """Decide something else, with the reason that everybody can read: the whole policy as it shall be from now on."""
    form = PolicyForm(request.data, instance=ReviewPolicy(insiders=ReviewPolicy.objects.in_force().insiders))
    saved(form, lambda: ReviewPolicy.objects.change(by=request.user, **form.cleaned_data))
    now: PolicyTold = read_policy.run(request)
    return now


@operation(Area.DESK, Many(InsiderTold), query=(AFTER,), needs=MODERATORS)
def list_insiders(request: ApiRequest) -> Listed:
    """Who is known to be close to the company, those found last first."""
    page = page_of(Insider.objects.select_related("person"), "-created_at", request.GET.get("after", ""))
    return Listed([insider_told(one) for one in page.rows], page.older)


def insider_told(row: Insider) -> InsiderTold:
    """Somebody, and how it is known."""
    return InsiderTold(row.pk, row.person.username, row.tie, str(Tie(row.tie).label), row.created_at, row.ended_at)


@operation(Area.DESK, InsiderTold, form=InsiderForm, needs=MODERATORS, statuses=(201,))
def find_insider(request: ApiRequest) -> InsiderTold:
    """Somebody is close to the company: what they wrote is labelled and leaves the numbers."""
    form = InsiderForm(request.data)
    row: Insider = saved(form, lambda: form.find(by=request.user))
    return insider_told(row)


@operation(Area.DESK, DirectoryCompared, form=AddressesForm, needs=MODERATORS)
def compare_directory(request: ApiRequest) -> DirectoryCompared:
    """Compare the company's directory with the people here: also what they wrote before is treated alike."""
    form = AddressesForm(request.data)
    people: list[Person] = saved(
        form, lambda: take_directory(form.cleaned_data["addresses"].split(","), by=request.user)
    )
    return DirectoryCompared(len(people))


@operation(Area.DESK, InsiderTold, form=ReasonForm, needs=MODERATORS)
def end_insider(request: ApiRequest, insider_id: int) -> InsiderTold:
    """It was a mistake: what they wrote counts again."""
    row, form = get_object_or_404(Insider.objects.select_related("person"), pk=insider_id), ReasonForm(request.data)
    saved(form, lambda: row.end(by=request.user, reason=form.cleaned_data["reason"]))
    return insider_told(row)


@operation(Area.DESK, ReviewTold, form=ReasonForm, needs=(Capability.ADMINISTER,))
def take_incentive_off(request: ApiRequest, review_id: int) -> ReviewTold:
    """The label of an incentive was wrong; the reason stays."""
    review, form = readable(request, review_id), ReasonForm(request.data)
    saved(form, lambda: review.take_incentive_off(by=request.user, reason=form.cleaned_data["reason"]))
    return told(review)


api_ledger = resource("api_ledger", get=read_ledger)
api_review_policy = resource("api_review_policy", get=read_policy, put=change_policy)
api_insiders = resource("api_insiders", get=list_insiders, post=find_insider)
api_directory = resource("api_directory", post=compare_directory)
api_insider_end = resource("api_insider_end", post=end_insider)
api_incentive_removal = resource("api_incentive_removal", post=take_incentive_off)
