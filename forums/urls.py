"""Addresses of the customers' wing."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "forums"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("forums.threads.urls")),
    path("", include("forums.bonds.urls")),
    path("", include("forums.questions.urls")),
    path("", include("forums.reviews.urls")),
    path("", include("forums.articles.urls")),
    path("", include("forums.reputation.urls")),
    path("", include("forums.tags.urls")),
    path("", include("forums.canned.urls")),
    path("", include("forums.hubs.urls")),
    path("", include("forums.feeds.urls")),
]
