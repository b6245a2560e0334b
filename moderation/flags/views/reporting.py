"""Reporting a post or a profile, for members and for everybody else."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.live.pages import shows
from community.once import once
from community.people.guards import doorway, signed_in
from community.people.networks import network_of
from community.people.roles import Capability
from community.refusals import Refusal
from moderation.flags.accuracy import accuracy_of
from moderation.flags.finding_by_url import object_at
from moderation.flags.forms import FlagForm, NoticeForm
from moderation.flags.limits import refuse_too_many_notices
from moderation.flags.models import Flag, HouseRule
from moderation.flags.subjects import Subject, model_of, subject_of


@doorway
@require_http_methods(["GET", "HEAD", "POST"])
@once
def flag_new(request: HttpRequest, kind: str, subject_id: int) -> HttpResponse:
    """Report something that one can read. Whoever has no account gets the form for notices."""
    subject = readable(request, kind, subject_id)
    if not request.user.is_authenticated:
        page = urlencode({"url": request.build_absolute_uri(subject.url)})  # quoted, or its #post-… would be ours
        return redirect(f"{notice_address()}?{page}")
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            flag = Flag.objects.flag(subject.row, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("moderation:flag-sent", receipt=flag.receipt)
    context = {
        "subject": subject,
        "form": form,
        "is_doubted": accuracy_of(request.user).is_doubted,
        "moderates": request.user.can(Capability.MODERATE),
    }
    return render(request, "moderation/flags/flag_new.html", context, status=422 if form.errors else 200)


@doorway
@signed_in
@require_safe
def flag_list(request: HttpRequest) -> HttpResponse:
    """My reports, and what came of each."""
    flags = Flag.objects.filter(by=request.user).select_related("case", "rule").prefetch_related("appeals")
    context = {"flags": flags.order_by("-pk")[:100], "is_doubted": accuracy_of(request.user).is_doubted}
    return render(request, "moderation/flags/flag_list.html", context)


@doorway
@require_safe
def flag_sent(request: HttpRequest, receipt: str) -> HttpResponse:
    """Where a report stands. The number is the key: somebody without an account has nothing else."""
    flag = get_object_or_404(Flag.objects.select_related("case", "rule", "by"), receipt=receipt)
    if flag.by_id and flag.by_id != request.user.pk:
        raise Http404
    context = {"flag": flag, "appeal": flag.appeals.first()}
    return render(request, "moderation/flags/flag_sent.html", context)


@doorway
@require_http_methods(["GET", "HEAD", "POST"])
@once
def notice_new(request: HttpRequest) -> HttpResponse:
    """A notice without an account: what, where, why, who says so, and in good faith."""
    form = NoticeForm(request.POST or None, initial={"url": request.GET.get("url", "")[:500]})
    if request.method == "POST" and form.is_valid():
        try:
            flag = given(request, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("moderation:flag-sent", receipt=flag.receipt)
    return render(request, "moderation/flags/notice_new.html", {"form": form}, status=422 if form.errors else 200)


@doorway
@require_safe
def house_rules(request: HttpRequest) -> HttpResponse:
    """What people are asked to keep to, and what happens when they do not."""
    response = render(request, "moderation/flags/house_rules.html", {"rules": HouseRule.objects.in_force()})
    return response if request.user.is_authenticated else shows(response, "house-rules")


def given(request: HttpRequest, said: dict[str, Any]) -> Flag:
    """The notice about what stands at the address that it names."""
    row = object_at(said["url"])
    if row is None:
        sentence = _("We find nothing at this address. Copy the address of the post or page from your browser.")
        raise Refusal(sentence, code="nothing_there", status=422)
    refuse_too_many_notices(network_of(request))
    return Flag.objects.give_notice(row, **said)


def readable(request: HttpRequest, kind: str, subject_id: int) -> Subject:
    """What this person can read; hidden and missing look alike."""
    model = model_of(kind)
    row = model._default_manager.filter(pk=subject_id).first() if model else None
    if row is None or not subject_of(row).is_seen_by(request.user):
        raise Http404
    return subject_of(row)


def notice_address() -> str:
    return "/flags/notice/"
