"""Closing one's account: what becomes of what, the wish, and taking it back."""

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.once import once
from community.people.closing import DAYS, Closing, effects_for
from community.people.guards import signed_in
from community.people.models import Person
from community.people.requests import PersonRequest
from community.profiles.closing_form import ClosingForm


@signed_in
@require_http_methods(["GET", "POST"])
@once
def settings_closing(request: PersonRequest) -> HttpResponse:
    """The preview, and the wish by somebody who has just shown that it is them."""
    person = Person.objects.get(pk=request.user.pk)
    is_sure = not is_reauthentication_required(request, app="allauth.account")
    form = ClosingForm(request.POST if request.method == "POST" and is_sure else None)
    if form.is_valid():
        Closing.objects.ask(person, texts=form.cleaned_data["texts"])
        messages.success(request, _("Asked. Until the day comes you can keep your account on this page."))
        return redirect("community:settings-closing")
    context = {
        "section": "data", "form": form, "is_sure": is_sure, "days": DAYS, "effects": effects_for(person),
        "standing": Closing.objects.standing().filter(person=person).first(),
    }  # fmt: skip
    return render(request, "community/profiles/closing.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
@once
def settings_closing_withdraw(request: PersonRequest) -> HttpResponse:
    """They stay."""
    person = Person.objects.get(pk=request.user.pk)
    if standing := Closing.objects.standing().filter(person=person).first():
        standing.withdraw(by=person)
    messages.success(request, _("You keep your account. Nothing has changed."))
    return redirect("community:settings-closing")
