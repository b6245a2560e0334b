"""People who are close to the company: who is known to be, how, and what follows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal
from forums.reviews.insiders import take_directory
from forums.reviews.models import Insider
from moderation.fairness.forms import DirectoryForm, InsiderForm, ReasonForm

SHOWN = 100


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def insider_list(request: HttpRequest) -> HttpResponse:
    """Who is known, with the form for one more."""
    form = InsiderForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.find(by=request.user):
        messages.success(request, _("What they wrote is labelled and no longer counted."))
        return redirect("moderation:insider-list")
    return show(request, form, DirectoryForm())


@requires(Capability.MODERATE)
@require_POST
@once
def insider_directory(request: HttpRequest) -> HttpResponse:
    """Compare the company's directory with the people here."""
    form = DirectoryForm(request.POST)
    if not form.is_valid():
        return show(request, InsiderForm(), form)
    people = take_directory(form.cleaned_data["addresses"].splitlines(), by=request.user)
    found = ngettext("%(n)s person here is in the directory.", "%(n)s people here are in the directory.", len(people))
    messages.success(request, found % {"n": len(people)})
    return redirect("moderation:insider-list")


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def insider_end(request: HttpRequest, insider_id: int) -> HttpResponse:
    """It was a mistake: what they wrote counts again."""
    row = get_object_or_404(Insider.objects.select_related("person"), pk=insider_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row.end(by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("moderation:insider-list")
    context = {"row": row, "form": form, "reviews": row.person.reviews.select_related("thread", "product")}
    return render(request, "moderation/fairness/insider_end.html", context, status=422 if form.errors else 200)


def show(request: HttpRequest, form: InsiderForm, directory: DirectoryForm) -> HttpResponse:
    """The page."""
    rows = Insider.objects.select_related("person", "by", "ended_by")
    context = {
        "standing": rows.standing().prefetch_related("person__reviews__thread")[:SHOWN],
        "ended": rows.filter(ended_at__isnull=False)[:SHOWN],
        "form": form,
        "directory": directory,
    }
    status = 422 if form.errors or directory.errors else 200
    return render(request, "moderation/fairness/insider_list.html", context, status=status)
