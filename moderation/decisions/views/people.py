"""For the community manager: the people, the roles, the house rules."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.models import Person
from community.people.roles import CAPABILITIES, Capability, Role
from community.refusals import Refusal
from moderation.decisions.forms import FactForm, PersonForm, RuleForm
from moderation.decisions.looking_as import begin, end
from moderation.decisions.models import Action, Decision, FactTemplate
from moderation.decisions.viewing_as import pages_of
from moderation.decisions.views.page import nav_context
from moderation.flags.accuracy import accuracy_of
from moderation.flags.models import Case, Flag, HouseRule

FOUND = 50


@requires(Capability.MODERATE)
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """People by name, with what was decided about them and how right their reports were."""
    form = PersonForm(request.GET)
    asked = form.cleaned_data["q"].strip() if form.is_valid() else ""
    counted = Person.objects.annotate(
        case_count=Count("cases_about", distinct=True),
        strike_count=Count("actions_on", filter=Q(actions_on__undone_at__isnull=True), distinct=True),
        flag_count=Count("flags", distinct=True),
    )
    people = counted.filter(username_key__contains=Person.key_of(asked)) if asked else counted.filter(case_count__gt=0)
    order = ["username_key"] if asked else ["-strike_count", "-case_count", "username_key"]
    context = {**nav_context(request), "form": form, "people": people.order_by(*order)[:FOUND], "asked": asked}
    return render(request, "moderation/decisions/person_list.html", context)


@requires(Capability.MODERATE)
@require_safe
def person_record(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: decisions about them, sanctions in force, the reports they made."""
    person = get_object_or_404(Person, pk=person_id)
    seen = Case.objects.visible_to(request.user)
    decisions = Decision.objects.filter(case__in=seen, case__concerns=person).select_related("case", "rule", "by")
    context = {
        **nav_context(request),
        "person": person,
        "decisions": decisions.prefetch_related("actions").order_by("-pk")[:FOUND],
        "actions": Action.objects.standing().filter(person=person).order_by("-pk")[:FOUND],
        "flags": Flag.objects.filter(by=person).select_related("case", "rule").order_by("-pk")[:FOUND],
        "accuracy": accuracy_of(person),
        "suspension": person.suspensions.in_force().order_by("-until").first(),
    }
    return render(request, "moderation/decisions/person_record.html", context)


@requires(Capability.MODERATE)
@require_safe
def role_view(request: HttpRequest) -> HttpResponse:
    """What somebody with a role may do and open, and the way to see the site as they do."""
    role = request.GET.get("role", "")
    chosen = Role(role) if role in set(Role) else Role.MEMBER
    context = {
        **nav_context(request),
        "roles": list(Role),
        "role": chosen,
        "capabilities": sorted(CAPABILITIES[chosen]),
        "pages": pages_of(chosen),
    }
    return render(request, "moderation/decisions/role_view.html", context)


@requires(Capability.MODERATE)
@require_POST
def role_look(request: HttpRequest) -> HttpResponse:
    """See the whole site as this role, for reading."""
    role = request.POST.get("role", "")
    if role not in set(Role):
        raise Refusal(_("Choose a role."), code="no_role", status=422)
    begin(request, Role(role))
    return redirect("forums:home")


@requires(Capability.MODERATE)
@require_POST
def role_look_end(request: HttpRequest) -> HttpResponse:
    """Be oneself again."""
    end(request)
    return redirect("moderation:role-view")


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def rule_settings(request: HttpRequest) -> HttpResponse:
    """The house rules: their words, their weight in the queue, whether they are hard to look at."""
    changed = request.POST.get("slug", "")
    rules = list(HouseRule.objects.in_force())
    forms = [(rule, form_of(request, rule, is_sent=rule.slug == changed)) for rule in rules]
    sent = next(((rule, form) for rule, form in forms if rule.slug == changed), None)
    if request.method == "POST" and sent and sent[1].is_valid():
        rule, form = sent
        HouseRule.objects.get(pk=rule.pk).rewrite(by=request.user, **form.cleaned_data)
        messages.success(request, _("Published."))
        return redirect("moderation:rule-settings")
    facts = FactTemplate.objects.in_force()
    context = {**nav_context(request), "forms": forms, "facts": facts, "fact_form": FactForm(auto_id="fact_%s")}
    status = 422 if request.method == "POST" else 200
    return render(request, "moderation/decisions/rule_settings.html", context, status=status)


@requires(Capability.MODERATE)
@require_POST
@once
def fact_keep(request: HttpRequest) -> HttpResponse:
    """One more text to choose from, or one in other words."""
    form = FactForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("It needs a rule, a name and a text."), code="empty", status=422)
    FactTemplate.objects.keep(by=request.user, **form.cleaned_data)
    messages.success(request, _("Kept."))
    return redirect(reverse("moderation:rule-settings") + "#facts")


@requires(Capability.MODERATE)
@require_POST
def fact_retire(request: HttpRequest, fact_id: int) -> HttpResponse:
    """Nobody chooses it any longer."""
    get_object_or_404(FactTemplate.objects.in_force(), pk=fact_id).retire(by=request.user)
    return redirect(reverse("moderation:rule-settings") + "#facts")


def form_of(request: HttpRequest, rule: HouseRule, *, is_sent: bool) -> RuleForm:
    """The form of one rule, with what was sent or what is published."""
    return RuleForm(request.POST if is_sent else None, instance=rule, prefix=rule.slug)
