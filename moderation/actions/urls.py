"""Addresses of the audit log."""

from django.urls import path

from moderation.actions import views

urlpatterns = [
    path("desk/actions/", views.action_list, name="action-list"),
    path("desk/actions/export/", views.action_export, name="action-export"),
    path("desk/actions/signed/", views.action_signed, name="action-signed"),
]
