"""Addresses of the ground: settings, notifications, previews, health."""

from django.urls import include, path

from community.health import health, ready
from community.people.guards import signed_in
from community.people.suggesting import person_suggest
from community.text.views import text_preview

app_name = "community"
urlpatterns = [
    path("health/", health, name="health"),
    path("ready/", ready, name="ready"),
    path("text/people/", person_suggest, name="person-suggest"),
    path("text/preview/", signed_in(text_preview), name="text-preview"),
    path("", include("community.api.urls")),
    path("", include("community.files.urls")),
    path("", include("community.notifications.urls")),
    path("", include("community.inbound.urls")),
    path("", include("community.profiles.urls")),
    path("", include("community.search.urls")),
]
