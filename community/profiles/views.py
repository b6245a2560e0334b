"""Settings of one's own: profile, products, sign-in."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.catalogue.models import Ownership
from community.live.purging import purge
from community.once import once
from community.people.guards import signed_in
from community.people.models import Person
from community.people.requests import PersonRequest
from community.policy.changing import WAITS
from community.profiles.forms import OwnershipForm, ProfileForm


@signed_in
@require_http_methods(["GET", "POST"])
@once
def settings(request: PersonRequest) -> HttpResponse:
    """What the person says of themselves."""
    form = ProfileForm(request.POST or None, instance=Person.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            is_waiting = form.hold(request.user) is not None
        purge("people", f"person-{request.user.pk}")
        messages.success(request, str(WAITS) if is_waiting else _("Saved."))
        return redirect("community:settings")
    context = {"form": form, "section": "profile"}
    return render(request, "community/profiles/settings.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
@once
def settings_products(request: PersonRequest) -> HttpResponse:
    """What the person owns."""
    form = OwnershipForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Added. New questions about it will know your version."))
        return redirect("community:settings-products")
    owned = Ownership.objects.filter(person=request.user).select_related("product", "version").order_by("product__name")
    context = {"form": form, "owned": owned, "section": "products"}
    return render(request, "community/profiles/products.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
@once
def settings_product_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """The person no longer owns it, or never did."""
    get_object_or_404(Ownership, pk=pk, person=request.user).delete()
    messages.success(request, _("Removed."))
    return redirect("community:settings-products")


@signed_in
@require_safe
def settings_security(request: PersonRequest) -> HttpResponse:
    """The ways in: password, passkeys, second step, address, sessions."""
    return render(request, "community/profiles/security.html", {"section": "security"})
