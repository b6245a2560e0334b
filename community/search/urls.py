"""Addresses of the search."""

from django.urls import path

from community.search import api, views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/titles/", views.search_titles, name="search-titles"),
    path("search/opened/", views.search_opened, name="search-opened"),
    path("api/v1/search/", api.api_search, name="api-search"),
]
