"""Addresses of the ground: settings, notifications, previews, health."""

from django.urls import include, path

app_name = "community"
urlpatterns = [
    path("", include("community.text.urls")),
]
