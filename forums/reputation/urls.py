"""Addresses of how people are thanked."""

from django.urls import path

from forums.reputation import badge_views, level_views, views

urlpatterns = [
    path("standing/", views.standing_rules, name="standing-rules"),
    path("standing/mine/", views.standing_ledger, name="standing-ledger"),
    path("standing/levels/", level_views.level_list, name="level-list"),
    path("standing/levels/change/", level_views.level_plan, name="level-plan"),
    path("standing/levels/change/<int:pk>/call-off/", level_views.level_plan_withdraw, name="level-plan-withdraw"),
    path("standing/badges/", badge_views.badge_list, name="badge-list"),
    path("standing/badges/<slug:key>/", badge_views.badge_detail, name="badge-detail"),
]
