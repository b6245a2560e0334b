"""The checks of the gate and their numbers: the list, one check with its history, and its trial."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.policy.models import CheckRule
from community.policy.ruling import CHECKED, Does, Ruled
from community.refusals import Refusal, Stale
from moderation.decisions.views.page import nav_context
from moderation.rules.check_forms import CheckForm
from moderation.rules.checking import samples_of, try_check
from moderation.rules.figures import by_version, figures_for
from moderation.rules.replaying import REPLAYS

VERSIONS = 20


@requires(Capability.MODERATE)
@require_safe
def check_list(request: HttpRequest) -> HttpResponse:
    """All checks: their numbers, what they met, how right they were."""
    rows = {row.key: row for row in CheckRule.objects.all()}
    rules = [rows.get(key) or CheckRule(key=key, state="on", version=1) for key in REPLAYS]
    return render(request, "moderation/rules/check_list.html", {**nav_context(request), "rules": figures_for(rules)})


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def check_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One check: its figures, its trial, its versions, and the form that makes the next one."""
    rule = CheckRule.objects.of(found(key).key)
    if request.method != "POST":
        return show(request, rule, CheckForm(rule=rule))
    form = CheckForm(request.POST, rule=rule)
    if not form.is_valid():
        return show(request, rule, form, status=422)
    try:
        form.save_by(request.user)
    except Stale:
        form.add_error(None, _("Somebody changed this check while you were writing. Compare with the history below."))
        return show(request, CheckRule.objects.of(key), form.based_on(rule.version), status=409)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show(request, rule, form, status=refusal.status)
    messages.success(request, _("Kept as a new version. It holds from now on."))
    return redirect("moderation:check-detail", key=key)


@requires(Capability.MODERATE)
@require_POST
@once
def check_try(request: HttpRequest, key: str) -> HttpResponse:
    """What it would have met in the last thirty days with the numbers that are typed, before they are kept."""
    rule = CheckRule.objects.of(found(key).key)
    form = CheckForm(request.POST, rule=rule, is_trial=True)
    if not form.is_valid():
        return show(request, rule, form, status=422)
    try_check(key, form.numbers, by=request.user)
    return show(request, CheckRule.objects.of(key), CheckForm(rule=rule, numbers=form.numbers))


def found(key: str) -> Ruled:
    """The check of this name; 404 when there is none."""
    if key not in CHECKED:
        raise Http404
    return CHECKED[key]


def show(request: HttpRequest, rule: CheckRule, form: CheckForm, status: int = 200) -> HttpResponse:
    """The page of one check."""
    trial = rule.trials.select_related("by", "rule").first() if rule.pk else None
    versions = rule.versions.select_related("by")[:VERSIONS] if rule.pk else []
    counted = by_version(rule)
    context: dict[str, Any] = {
        **nav_context(request),
        "rule": rule,
        "does": Does(rule.ruled.does).label,
        "form": form,
        "figures": figures_for([rule])[0][1],
        "trial": trial,
        "samples": samples_of(trial, request.user) if trial else [],
        "versions": [(row, counted.get(row.number)) for row in versions],
    }
    return render(request, "moderation/rules/check_detail.html", context, status=status)
