"""Addresses of shifts and of the team."""

from django.urls import path

from moderation.staffing import views

urlpatterns = [
    path("desk/shift/", views.shift_switch, name="shift-switch"),
    path("desk/team/", views.team_list, name="team-list"),
    path("desk/team/teams/new/", views.team_new, name="team-new"),
    path("desk/team/members/add/", views.member_add, name="member-add"),
    path("desk/team/members/<int:member_id>/leave/", views.member_leave, name="member-leave"),
    path("desk/team/skills/new/", views.skill_new, name="skill-new"),
    path("desk/team/abilities/give/", views.ability_give, name="ability-give"),
    path("desk/team/abilities/<int:ability_id>/take/", views.ability_take, name="ability-take"),
    path("desk/team/requirements/make/", views.requirement_make, name="requirement-make"),
    path("desk/team/requirements/<int:requirement_id>/drop/", views.requirement_drop, name="requirement-drop"),
]
