"""Who has which role: for administrators, every change on record."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.models import Grant, Person, PersonQuerySet, name_key
from community.people.requests import PersonRequest
from community.people.roles import STAFF_ROLES, Capability
from community.profiles.forms import GrantForm
from community.refusals import Refusal

MOST = 50


@requires(Capability.GRANT_ROLES)
@require_safe
def settings_people(request: PersonRequest) -> HttpResponse:
    """Everybody on the team, or whoever is looked for by name."""
    wanted = request.GET.get("q", "").strip()
    people = Person.objects.filter(username_key__contains=name_key(wanted)) if wanted else _team()
    people = people.order_by("username_key").prefetch_related("grants", "persona")[:MOST]
    rows = [(person, [grant for grant in person.grants.all() if not grant.revoked_at]) for person in people]  # type: ignore[misc]
    return render(request, "community/profiles/people.html", {"rows": rows, "wanted": wanted, "section": "people"})


@requires(Capability.GRANT_ROLES)
@require_http_methods(["GET", "POST"])
@once
def settings_roles(request: PersonRequest, username: str) -> HttpResponse:
    """One person's roles: give one, with its place, its end and its reason."""
    person = _person(username)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(person, by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done. The role counts from now on."))
            return redirect("community:settings-roles", person.username)
    grants = person.grants.select_related("by").order_by("revoked_at", "-pk")
    context = {"person": person, "form": form, "grants": grants, "section": "people"}
    return render(request, "community/profiles/roles.html", context, status=422 if form.errors else 200)


@requires(Capability.GRANT_ROLES)
@require_POST
@once
def settings_role_revoke(request: PersonRequest, username: str, pk: int) -> HttpResponse:
    """Take a role away."""
    grant = get_object_or_404(Grant.objects.select_related("person"), pk=pk, person=_person(username))
    try:
        grant.revoke(by=request.user, reason=request.POST.get("reason", "")[:200])
        messages.success(request, _("Taken away. Their next click is refused."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("community:settings-roles", username)


def _person(username: str) -> Person:
    return get_object_or_404(Person, username_key=name_key(username)[:80])


def _team() -> PersonQuerySet:
    """People with a role of the team that is neither taken away nor over."""
    return Person.objects.with_role(*STAFF_ROLES)
