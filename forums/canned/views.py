"""Reply templates: the list with how well they do, writing one, and what a composer offers."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.numbers import number_in
from community.once import once
from community.people.guards import signed_in
from community.people.suggesting import not_too_fast
from community.policy.changing import WAITS
from community.text.excerpts import excerpt
from forums.canned.filling import PLACES, filled
from forums.canned.forms import CannedForm
from forums.canned.health import health_of
from forums.canned.models import CannedReply
from forums.threads.models import Thread
from forums.threads.speaking import is_experienced

OFFERED = 8


@signed_in
@require_safe
def canned_list(request: HttpRequest) -> HttpResponse:
    """One's own and the shared ones, with their health."""
    seen = CannedReply.objects.visible_to(request.user).filter(retired_at__isnull=True)
    told = health_of(list(seen.select_related("owner", "product")))
    for one in told:
        one.may_change = one.reply.is_editable_by(request.user)
    mine = [one for one in told if one.reply.audience == CannedReply.Audience.OWN]
    shared = [one for one in told if one.reply.audience != CannedReply.Audience.OWN]
    context = {"groups": [(_("Shared"), shared), (_("Your own"), mine)], "may_use": is_experienced(request.user)}
    return render(request, "forums/canned/list.html", context | {"count": len(told)})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def canned_new(request: HttpRequest) -> HttpResponse:
    """Write a new one. Who may not yet is told so by the list."""
    if not is_experienced(request.user):
        return HttpResponseRedirect(reverse("forums:canned-list"))
    return written(request, None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def canned_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say one better. What somebody else has changed meanwhile is shown beside."""
    return written(request, changeable(request, pk))


def written(request: HttpRequest, row: CannedReply | None) -> HttpResponse:
    """The form, and what comes of it."""
    begun = {"text": row.source, "version": row.version} if row else {"text": request.GET.get("text", "")[:8000]}
    begun |= {"name": row.name, "audience": row.audience, "product": row.product} if row else {}
    form = CannedForm(request.POST or None, by=request.user, initial=begun)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                is_kept = form.save(row)
        except IntegrityError:
            form.add_error("name", _("You have one of this name already."))
            is_kept = False
        if is_kept:
            messages.success(request, str(WAITS) if form.is_waiting else _("Kept."))
            return HttpResponseRedirect(reverse("forums:canned-list"))
    stale = form.refusal if form.refusal and form.refusal.code == "stale" else None
    context = {"form": form, "row": row, "places": PLACES, "newer": stale.details["newer"] if stale else None}
    status = 200 if not form.errors else form.status
    return render(request, "forums/canned/edit.html", context, status=status)


@signed_in
@require_POST
@once
def canned_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer it no more."""
    changeable(request, pk).retire(by=request.user)
    messages.success(request, _("Retired. Answers that were sent with it stay as they are."))
    return HttpResponseRedirect(reverse("forums:canned-list"))


@signed_in
@require_safe
def canned_suggest(request: HttpRequest) -> HttpResponse:
    """What fits the thread and the letters, filled for it."""
    not_too_fast(request.user)
    number = number_in(request.GET.get("thread", ""))
    known = Thread.objects.visible_to(request.user).select_related("author", "product", "product_version")
    thread = known.filter(pk=number).first() if number is not None else None
    if thread is None or not is_experienced(request.user):
        return JsonResponse({"items": []})
    rows = CannedReply.objects.offered_to(request.user, thread.product)
    rows = rows.filter(name__icontains=request.GET.get("q", "")[:40])[:OFFERED]
    return JsonResponse({"items": [offered(row, filled(row.source, thread, request.user)) for row in rows]})


def offered(row: CannedReply, text: str) -> dict[str, object]:
    """One as a composer lists it: its name, how it begins, and the words for this thread."""
    return {"id": row.pk, "label": row.name, "hint": excerpt(text, 60), "text": text}


def changeable(request: HttpRequest, pk: int) -> CannedReply:
    """One that this person may change; any other does not exist for them."""
    rows = CannedReply.objects.visible_to(request.user).filter(retired_at__isnull=True)
    row = get_object_or_404(rows.select_related("product"), pk=pk)
    if not row.is_editable_by(request.user):
        raise Http404
    return row
