"""Addresses of reporting."""

from django.urls import path

from moderation.flags import api
from moderation.flags.views import reporting

urlpatterns = [
    path("rules/", reporting.house_rules, name="house-rules"),
    path("flags/", reporting.flag_list, name="flag-list"),
    path("flags/notice/", reporting.notice_new, name="notice-new"),
    path("flags/new/<slug:kind>/<int:subject_id>/", reporting.flag_new, name="flag-new"),
    path("flags/<str:receipt>/", reporting.flag_sent, name="flag-sent"),
    path("api/v1/rules/", api.api_rules, name="api-rules"),
    path("api/v1/flags/", api.api_flags, name="api-flags"),
    path("api/v1/posts/<int:pk>/flag/", api.api_post_flag, name="api-post-flag"),
]
