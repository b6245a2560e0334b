"""Addresses of how people are thanked."""

from django.urls import path

from forums.reputation import views

urlpatterns = [
    path("standing/", views.standing_rules, name="standing-rules"),
    path("standing/mine/", views.standing_ledger, name="standing-ledger"),
]
