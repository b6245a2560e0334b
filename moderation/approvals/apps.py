from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """Four eyes: the supervisors' pages on replies that somebody else of the team reads first."""

    name = "moderation.approvals"
    label = "approvals"
    default_auto_field = "django.db.models.BigAutoField"
