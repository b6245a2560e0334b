from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """Who is at work, how much each has at hand, and what comes to them by itself."""

    name = "moderation.staffing"
    label = "staffing"
    default_auto_field = "django.db.models.BigAutoField"
