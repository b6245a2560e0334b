"""Addresses of the staff's wing, and its doorways."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "moderation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("moderation.callbacks.urls")),
    path("", include("moderation.calls.urls")),
    path("", include("moderation.chat.urls")),
    path("", include("moderation.escalation.urls")),
    path("", include("moderation.crm.urls")),
    path("", include("moderation.orders.urls")),
    path("", include("moderation.feedback.urls")),
    path("", include("moderation.desk.urls")),
    path("", include("moderation.gaps.urls")),
    path("", include("moderation.concerns.urls")),
    path("", include("moderation.goodwill.urls")),
    path("", include("moderation.staffing.urls")),
    path("", include("moderation.approvals.urls")),
    path("", include("moderation.flags.urls")),
    path("", include("moderation.decisions.urls")),
    path("", include("moderation.learning.urls")),
    path("", include("moderation.waves.urls")),
    path("", include("moderation.fairness.urls")),
    path("", include("moderation.rings.urls")),
    path("", include("moderation.automation.urls")),
    path("", include("moderation.rules.urls")),
    path("", include("moderation.actions.urls")),
]
