"""Addresses of the hints."""

from django.urls import path

from moderation.learning import views

urlpatterns = [
    path("desk/flags/hints/", views.learning_overview, name="learning-overview"),
    path("desk/flags/hints/learn/", views.learning_run, name="learning-run"),
]
