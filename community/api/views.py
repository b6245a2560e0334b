"""Keys in one's settings and those of the whole site; the description of the API, for people and for programs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.api.describing import chapters, description
from community.api.forms import KeyForm
from community.api.models import ApiKey
from community.once import once
from community.paging import page_of
from community.people.guards import requires, signed_in
from community.people.requests import PersonRequest
from community.people.roles import Capability


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings_keys(request: PersonRequest) -> HttpResponse:
    """One's keys, and a new one. Not `@once`: the answer holds the key, and answers to second clicks are kept."""
    form = KeyForm(request.POST or None, person=request.user)
    made = form.save(request.user) if request.method == "POST" and form.is_valid() else None
    if made:
        form = KeyForm(person=request.user)
    keys = ApiKey.objects.filter(person=request.user, revoked_at__isnull=True).order_by("-pk")
    context = {"form": form, "keys": keys, "made": made, "section": "keys"}
    return render(request, "community/api/settings_keys.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
@once
def settings_key_revoke(request: PersonRequest, pk: int) -> HttpResponse:
    """The key opens nothing from now on. An administrator says why to whoever had it."""
    key = get_object_or_404(ApiKey.objects.visible_to(request.user), pk=pk)
    key.revoke(by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, _("“%(name)s” opens nothing any longer.") % {"name": key.name})
    return redirect("community:settings-keys" if key.person_id == request.user.pk else "community:key-list")


@requires(Capability.ADMINISTER)
@require_safe
def key_list(request: HttpRequest) -> HttpResponse:
    """Every key of the site: whose it is, what it may do, when it was last used."""
    known = ApiKey.objects.visible_to(request.user).select_related("person")
    page = page_of(known.filter(revoked_at__isnull=True), "-created_at", request.GET.get("after", ""), size=50)
    return render(request, "community/api/key_list.html", {"keys": page.rows, "older": page.older, "section": "keys"})


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """What the API can do, for people to read."""
    return render(request, "community/api/api.html", {"chapters": chapters()})


@require_safe
def api_description(request: HttpRequest) -> JsonResponse:
    """The same for programs: OpenAPI 3.1."""
    response = JsonResponse(description())
    response["Cache-Control"] = "max-age=300"
    return response
