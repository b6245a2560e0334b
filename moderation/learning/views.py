"""What the scores are worth: the page of the hints."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from moderation.decisions.views.page import nav_context
from moderation.learning.forms import TryForm
from moderation.learning.hinting import KEPT, hints_for
from moderation.learning.looking_back import versions
from moderation.learning.models import SpamModel
from moderation.learning.toxicity import CUT, toxicity
from moderation.learning.training import FEWEST, learn


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def learning_overview(request: HttpRequest) -> HttpResponse:
    """Versions with their figures and strongest words. POST reads a text that somebody tries; nothing is kept."""
    form = TryForm(request.POST or None)
    tried = read(form.cleaned_data["text"]) if request.method == "POST" and form.is_valid() else None
    newest = SpamModel.objects.newest().first()
    context = {
        **nav_context(request),
        "model": newest,
        "words": newest.strongest() if newest else {},
        "versions": versions(),
        "fewest": FEWEST,
        "form": form,
        "tried": tried,
    }
    return render(request, "moderation/learning/learning_overview.html", context, status=422 if form.errors else 200)


@requires(Capability.MODERATE)
@require_POST
@once
def learning_run(request: HttpRequest) -> HttpResponse:
    """Learn now, from all that was decided."""
    row = learn(by=request.user)
    if row is None:
        messages.info(request, _("There is too little to learn from yet."))
    else:
        messages.success(request, _("Version %(version)s is in use.") % {"version": row.version})
    return redirect("moderation:learning-overview")


def read(text: str) -> dict[str, Any]:
    """Both scores of a text, and what they would say in the queue."""
    kept = KEPT.newest()
    spam = kept.classifier.score(text) if kept.version else None
    return {
        "spam": round(100 * spam) if spam is not None else None,
        "spam_cut": round(100 * kept.cut),
        "toxicity": round(100 * toxicity(text)),
        "toxicity_cut": round(100 * CUT),
        "hints": hints_for(text),
    }
