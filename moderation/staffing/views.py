"""The team: who is at work, who has how much at hand, who can do what, and what asks for it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from community.refusals import Refusal, faults_of
from moderation.queue.models import Ability, Member, Requirement, Skill, Team
from moderation.staffing.forms import AbilityForm, MemberForm, RequirementForm, ShiftForm, SkillForm, TeamForm
from moderation.staffing.models import Shift
from moderation.staffing.roster import roster, shift_of, team


@requires(Capability.WORK_THE_QUEUE)
@require_POST
@once
def shift_switch(request: HttpRequest) -> HttpResponse:
    """Let items come, or no longer."""
    form = ShiftForm(request.POST)
    if not form.is_valid():
        messages.error(request, faults_of(form))
    elif form.cleaned_data["is_on"] == "off":
        Shift.objects.end(by=request.user)
    else:
        Shift.objects.begin(by=request.user, capacity=form.cleaned_data["capacity"])
    if request.htmx:
        return render(request, "moderation/staffing/_shift.html", {"shift": shift_of(request.user)})
    return redirect("moderation:desk")


@require_safe
@requires(Capability.SUPERVISE)
def team_list(request: HttpRequest) -> HttpResponse:
    """Everybody who works the queue, with what they have at hand and can do."""
    return page(request)


@requires(Capability.SUPERVISE)
@require_POST
@once
def team_new(request: HttpRequest) -> HttpResponse:
    """A team gets a name."""
    form = TeamForm(request.POST, auto_id="team_%s")
    if not form.is_valid():
        return page(request, 422, team_form=form)
    Team.objects.form(**form.cleaned_data, by=request.user)
    messages.success(request, _("The team “%(name)s” is there.") % {"name": form.cleaned_data["name"]})
    return redirect("moderation:team-list")


@requires(Capability.SUPERVISE)
@require_POST
@once
def member_add(request: HttpRequest) -> HttpResponse:
    """Somebody works in a team."""
    form = MemberForm(request.POST, auto_id="member_%s", people=team(request.user))
    if not form.is_valid():
        return page(request, 422, member_form=form)
    person, team_of_it = form.cleaned_data["person"], form.cleaned_data["team"]
    team_of_it.take_in(person, by=request.user)
    told = {"person": person.username, "team": team_of_it.name}
    messages.success(request, _("%(person)s works in “%(team)s” now.") % told)
    return redirect("moderation:team-list")


@requires(Capability.SUPERVISE)
@require_POST
@once
def member_leave(request: HttpRequest, member_id: int) -> HttpResponse:
    """They work in it no longer."""
    mine = Member.objects.filter(person__in=team(request.user))
    member = get_object_or_404(mine.select_related("person", "team"), pk=member_id)
    member.leave(by=request.user)
    told = {"person": member.person.username, "team": member.team.name}
    messages.success(request, _("%(person)s works in “%(team)s” no longer.") % told)
    return redirect("moderation:team-list")


@requires(Capability.SUPERVISE)
@require_POST
@once
def skill_new(request: HttpRequest) -> HttpResponse:
    """A skill gets a name."""
    form = SkillForm(request.POST, auto_id="skill_%s")
    if not form.is_valid():
        return page(request, 422, skill_form=form)
    Skill.objects.introduce(**form.cleaned_data, by=request.user)
    messages.success(request, _("The skill “%(name)s” is there.") % {"name": form.cleaned_data["name"]})
    return redirect("moderation:team-list")


@requires(Capability.SUPERVISE)
@require_POST
@once
def ability_give(request: HttpRequest) -> HttpResponse:
    """Somebody can do something."""
    form = AbilityForm(request.POST, auto_id="ability_%s", team=team(request.user))
    if form.is_valid():
        try:
            Ability.objects.give(**form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error("valid_until", str(refusal))
    if form.errors:
        return page(request, 422, ability_form=form)
    messages.success(request, _("Noted. What waits is looked at again."))
    return redirect("moderation:team-list")


@requires(Capability.SUPERVISE)
@require_POST
@once
def ability_take(request: HttpRequest, ability_id: int) -> HttpResponse:
    """Somebody can do it no longer."""
    mine = Ability.objects.filter(person__in=team(request.user))
    get_object_or_404(mine.select_related("person", "skill"), pk=ability_id).take_back(by=request.user)
    messages.success(request, _("Taken back. What waits is looked at again."))
    return redirect("moderation:team-list")


@requires(Capability.SUPERVISE)
@require_POST
@once
def requirement_make(request: HttpRequest) -> HttpResponse:
    """Items of a kind ask for a skill."""
    form = RequirementForm(request.POST, auto_id="requirement_%s")
    if not form.is_valid():
        return page(request, 422, requirement_form=form)
    Requirement.objects.make(**form.cleaned_data, by=request.user)
    messages.success(request, _("Noted. What waits is looked at again."))
    return redirect("moderation:team-list")


@requires(Capability.SUPERVISE)
@require_POST
@once
def requirement_drop(request: HttpRequest, requirement_id: int) -> HttpResponse:
    """They ask for it no longer."""
    get_object_or_404(Requirement.objects.select_related("skill"), pk=requirement_id).drop(by=request.user)
    messages.success(request, _("Taken back. What waits is looked at again."))
    return redirect("moderation:team-list")


def page(request: HttpRequest, status: int = 200, **forms: Any) -> HttpResponse:
    """The page, with a form that was refused in its place."""
    context = {
        "people": roster(request.user),
        "teams": Team.objects.prefetch_related("members__person"),
        "team_form": TeamForm(auto_id="team_%s"),
        "member_form": MemberForm(auto_id="member_%s", people=team(request.user)),
        "requirements": Requirement.objects.select_related("skill"),
        "skill_form": SkillForm(auto_id="skill_%s"),
        "ability_form": AbilityForm(auto_id="ability_%s", team=team(request.user)),
        "requirement_form": RequirementForm(auto_id="requirement_%s"),
        **forms,
    }
    return render(request, "moderation/staffing/team_list.html", context, status=status)
