"""Addresses of the customers' wing."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "forums"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("forums.hubs.urls")),
]
