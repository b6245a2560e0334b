"""The gaps: what customers looked for in vain, one of them, and what is done about it."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal
from community.search.answering import choose
from community.search.models import Need, NeedAnswer
from community.spreadsheets import csv_lines
from moderation.actions.trail import trail
from moderation.gaps.asking import DAYS, Asking
from moderation.gaps.forms import AnswerForm, AsideForm, OwnerForm
from moderation.gaps.models import GapOwner, GapPage, SettingAside
from moderation.gaps.tending import PERIODS, TENDING, VIEWS, Listing, gaps_of, standing
from moderation.gaps.writing import write_for

CSV = "text/csv; charset=utf-8"


@requires(*TENDING)
@require_safe
def gap_list(request: HttpRequest) -> HttpResponse:
    """What was looked for in vain, most often first."""
    listing = Listing.read(request.GET)
    gaps, rest = listing.rows(request.user)
    here = {"view": listing.view, "days": listing.days, "q": listing.words}
    links = {name: f"?{urlencode({**here, 'view': name})}" for name in VIEWS}
    context = {
        "listing": listing,
        "gaps": gaps,
        "views": [(links[name], label, name == listing.view) for name, label in VIEWS.items()],
        "periods": PERIODS.items(),
        "older_url": f"?{urlencode({**here, 'after': rest})}" if rest else "",
        "standing": standing(),
    }
    return render(request, "moderation/gaps/list.html", context)


@requires(*TENDING)
@require_safe
def gap_asking(request: HttpRequest) -> HttpResponse:
    """What came of showing similar questions to those who were about to ask."""
    asking = Asking.read(request.GET)
    return render(request, "moderation/gaps/asking.html", {"asking": asking, "total": asking.total(), "periods": DAYS})


@requires(*TENDING)
@require_safe
def gap_asking_export(request: HttpRequest) -> HttpResponseBase:
    """The same by weeks, for a spreadsheet."""
    head = [_("week of"), _("saw similar"), _("opened one"), _("it answered"), _("left"), _("asked")]
    response = StreamingHttpResponse(csv_lines(head, Asking.read(request.GET).table()), content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="before-asking.csv"'
    return response


@requires(*TENDING)
@require_safe
def gap_detail(request: HttpRequest, need_id: int) -> HttpResponse:
    """One need: how often, who closes it, what answers it, and whether that helped."""
    return shown(request, need_of(need_id))


@requires(*TENDING)
@require_POST
@once
def gap_assign(request: HttpRequest, need_id: int) -> HttpResponse:
    """Ask somebody to close it."""
    need, form = need_of(need_id), OwnerForm(request.POST)
    if not form.is_valid():
        return shown(request, need, owner_form=form)
    GapOwner.objects.assign(need, form.cleaned_data["owner"], by=request.user)
    messages.success(request, _("Noted."))
    return redirect("moderation:gap-detail", need.pk)


@requires(*TENDING)
@require_POST
@once
def gap_answer(request: HttpRequest, need_id: int) -> HttpResponse:
    """Say which page answers it: from now on searches for it show that first."""
    need = need_of(need_id)
    form = AnswerForm(need, request.POST)
    if not form.is_valid():
        return shown(request, need, answer_form=form)
    try:
        choose(need, form.url, by=request.user)
    except Refusal as refusal:
        form.add_error("address", str(refusal))
        return shown(request, need, answer_form=form)
    messages.success(request, _("Whoever searches for this sees it first from now on."))
    return redirect("moderation:gap-detail", need.pk)


@requires(Capability.EDIT_ARTICLES)
@require_POST
@once
def gap_write(request: HttpRequest, need_id: int) -> HttpResponse:
    """Begin a help page for it."""
    article = write_for(need_of(need_id), by=request.user)
    return redirect("forums:article-edit", article.thread.slug)


@requires(*TENDING)
@require_POST
@once
def gap_reopen(request: HttpRequest, need_id: int) -> HttpResponse:
    """It is not answered after all, or it does concern us."""
    need = need_of(need_id)
    for answer in NeedAnswer.objects.filter(need=need, undone_at__isnull=True):
        answer.take_back(by=request.user)
    for aside in SettingAside.objects.current().filter(need=need):
        aside.take_up(by=request.user)
    return redirect("moderation:gap-detail", need.pk)


@requires(*TENDING)
@require_POST
@once
def gap_set_aside(request: HttpRequest, need_id: int) -> HttpResponse:
    """Nothing needs to be written for it."""
    need, form = need_of(need_id), AsideForm(request.POST)
    if not form.is_valid():
        return shown(request, need, aside_form=form)
    SettingAside.objects.put(need, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("Set aside. You find it again under its tab."))
    return redirect("moderation:gap-list")


def need_of(pk: int) -> Need:
    """The need with its month in figures."""
    since = timezone.localdate() - timedelta(days=29)
    return get_object_or_404(Need.objects.counted(since), pk=pk)


def shown(request: HttpRequest, need: Need, **given: Any) -> HttpResponse:
    """The page of one gap; 422 when something was refused."""
    [gap] = gaps_of([need])
    forms = {
        "owner_form": OwnerForm(initial={"owner": gap.owner}),
        "answer_form": AnswerForm(need),
        "aside_form": AsideForm(),
    } | given
    context = forms | {
        "gap": gap,
        "need": need,
        "page": GapPage.objects.filter(need=need).select_related("article__thread").first(),
        "may_write": request.user.can(Capability.EDIT_ARTICLES),
        "aside": SettingAside.objects.current().filter(need=need).select_related("by").first(),
        "history": list(trail().filter(subject_type__app_label="search", subject_type__model="need",
                                       subject_id=need.pk)[:20]),
    }  # fmt: skip
    return render(request, "moderation/gaps/detail.html", context, status=422 if given else 200)
