"""The order of the queue: taking the next item, what counts, the open hours, and the page that tells customers."""

from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.catalogue.models import Brand
from community.once import once
from community.people.guards import doorway, requires
from community.people.roles import Capability
from community.refusals import faults_of
from moderation.desk.order_forms import CalendarForm, OrderingForm, PromiseForm
from moderation.queue.fairness import fairness_report
from moderation.queue.models import Calendar, Item, Ordering, Promise
from moderation.staffing.flowing import take_next


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def queue_next(request: HttpRequest) -> HttpResponse:
    """Take the next item at hand and open it."""
    item = take_next(by=request.user)
    if item is None:
        messages.info(request, _("Nothing waits for you."))
    place = reverse("moderation:item-detail", args=[item.pk]) if item else reverse("moderation:desk")
    return redirect(place)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.WORK_THE_QUEUE, Capability.SUPERVISE)
@once
def order_settings(request: HttpRequest) -> HttpResponse:
    """What counts for the order, its history, and whether it is fair. Supervisors change it."""
    ordering = Ordering.objects.in_force()
    form = OrderingForm(request.POST or None, initial=vars(ordering.weights))
    if request.method == "POST" and form.is_valid():
        Ordering.objects.change(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. Every open item gets its new place, and the public page says why."))
        return redirect("moderation:order-settings")
    context = {"form": form, "report": fairness_report(request.user), **order_context()}
    context["may_change"] = request.user.can(Capability.SUPERVISE)
    return render(request, "moderation/desk/order_settings.html", context, status=422 if form.errors else 200)


@require_safe
@doorway
def order_public(request: HttpRequest) -> HttpResponse:
    """What does and does not count for who is answered first: made from the ordering in force."""
    return render(request, "moderation/desk/order_public.html", order_context())


def order_context() -> dict[str, Any]:
    """The formula as it is now, and each change of it."""
    versions = list(Ordering.objects.order_by("-pk")[:21])
    changes = [(newer, newer.changes_from(older)) for newer, older in pairwise([*versions, Ordering()])]
    return {"ordering": Ordering.objects.in_force(), "changes": changes[:20]}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.SUPERVISE)
@once
def hours_settings(request: HttpRequest) -> HttpResponse:
    """When the desk is open, for all or for one brand, and what is promised."""
    brand = brand_in(request)
    calendar = Calendar.objects.filter(brand=brand).first() or Calendar(brand=brand)
    form = CalendarForm(request.POST or None, instance=calendar)
    if request.method == "POST" and form.is_valid():
        calendar.keep(by=request.user, holidays=form.cleaned_data["holidays"])
        messages.success(request, _("Saved. What already waits keeps the due time it was given."))
        return redirect(request.get_full_path())
    context = {
        "form": form,
        "calendar": calendar,
        "brand": brand,
        "brands": Brand.objects.order_by("name"),
        "promises": [(label, PromiseForm.of(kind)) for kind, label in Item.Kind.choices],
    }
    return render(request, "moderation/desk/hours_settings.html", context, status=422 if form.errors else 200)


def brand_in(request: HttpRequest) -> Brand | None:
    """The brand named in the address; none for the whole company."""
    slug = request.GET.get("brand", "")
    brand = Brand.objects.filter(slug=slug).first() if slug else None
    if slug and brand is None:
        raise Http404
    return brand


@requires(Capability.SUPERVISE)
@require_POST
@once
def promise_settings(request: HttpRequest, kind: str) -> HttpResponse:
    """Promise something else for one kind of item."""
    if kind not in Item.Kind.values:
        raise Http404
    form = PromiseForm(request.POST, prefix=kind)
    if form.is_valid():
        Promise.objects.make(by=request.user, **form.cleaned_data | {"kind": kind})
        messages.success(request, _("Promised from now on."))
    else:
        messages.error(request, faults_of(form))
    return redirect("moderation:hours-settings")
