"""Rules of words: the list, one rule with its history, and its trial."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.policy.models import WordRule
from community.refusals import Refusal, Stale
from moderation.decisions.views.page import nav_context
from moderation.rules.figures import by_version, figures_for
from moderation.rules.forms import WordRuleForm
from moderation.rules.starting import STARTS, start_named
from moderation.rules.trying import samples_of, try_rule

VERSIONS = 20


@requires(Capability.MODERATE)
@require_safe
def word_list(request: HttpRequest) -> HttpResponse:
    """All rules of words: what they do, what they met, how right they were."""
    rules = WordRule.objects.order_by("-state", "name")
    context = {**nav_context(request), "rules": figures_for(rules), "starts": STARTS}
    return render(request, "moderation/rules/word_list.html", context)


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def word_new(request: HttpRequest) -> HttpResponse:
    """Begin a rule, from nothing or from one of the usual ones."""
    start = start_named(request.GET.get("like", ""))
    form = WordRuleForm(request.POST or None, initial=start.initial if start else None)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save_by(request.user))
    context = {**nav_context(request), "form": form, "starts": STARTS}
    return render(request, "moderation/rules/word_new.html", context, status=422 if request.method == "POST" else 200)


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def word_detail(request: HttpRequest, rule_id: int) -> HttpResponse:
    """One rule: its figures, its trial, its versions, and the form that makes the next one."""
    rule = get_object_or_404(WordRule, pk=rule_id)
    if request.method != "POST":
        return show(request, rule, WordRuleForm(instance=rule, initial={"version": rule.version}))
    form = WordRuleForm(request.POST, instance=WordRule.objects.get(pk=rule_id))
    if not form.is_valid():
        return show(request, rule, form, status=422)
    try:
        form.save_by(request.user)
    except Stale:
        form.add_error(None, _("Somebody changed this rule while you were writing. Compare with the history below."))
        return show(request, rule, form.based_on(rule.version), status=409)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show(request, rule, form, status=refusal.status)
    messages.success(request, _("Kept as a new version."))
    return redirect(rule)


@requires(Capability.MODERATE)
@require_POST
@once
def word_try(request: HttpRequest, rule_id: int) -> HttpResponse:
    """What it would have met in the last thirty days."""
    rule = get_object_or_404(WordRule, pk=rule_id)
    try_rule(rule, by=request.user)
    return redirect(f"{rule.get_absolute_url()}#trial")


def show(request: HttpRequest, rule: WordRule, form: WordRuleForm, status: int = 200) -> HttpResponse:
    """The page of one rule."""
    trial = rule.trials.select_related("by", "rule").first()
    counted = by_version(rule)
    context: dict[str, Any] = {
        **nav_context(request),
        "rule": rule,
        "form": form,
        "figures": figures_for([rule])[0][1],
        "trial": trial,
        "samples": samples_of(trial, request.user) if trial else [],
        "versions": [(row, counted.get(row.number)) for row in rule.versions.select_related("by")[:VERSIONS]],
    }
    return render(request, "moderation/rules/word_detail.html", context, status=status)
