"""Addresses of keys, and of the description of the API. Its operations stand beside the verbs that they call."""

from django.urls import path

from community.api import views

urlpatterns = [
    path("settings/keys/", views.settings_keys, name="settings-keys"),
    path("settings/keys/all/", views.key_list, name="key-list"),
    path("settings/keys/<int:pk>/revoke/", views.settings_key_revoke, name="settings-key-revoke"),
    path("api/", views.api, name="api"),
    path("api/v1/openapi.json", views.api_description, name="api-description"),
]
