from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """Where the team says, past its own supervisors, that something here is not right. Only an auditor reads it."""

    name = "moderation.concerns"
    label = "concerns"
    default_auto_field = "django.db.models.BigAutoField"
