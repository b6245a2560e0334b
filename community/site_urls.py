"""Addresses of the ground: settings, notifications, previews, health."""

from django.urls import include, path

from community.health import health, ready

app_name = "community"
urlpatterns = [
    path("health/", health, name="health"),
    path("ready/", ready, name="ready"),
    path("", include("community.text.urls")),
    path("", include("community.notifications.urls")),
    path("", include("community.profiles.urls")),
]
