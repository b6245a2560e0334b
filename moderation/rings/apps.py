from django.apps import AppConfig


class RingsConfig(AppConfig):
    """Groups of people who vote for one another, found in the kept votes and judged by a moderator."""

    name = "moderation.rings"
    label = "rings"
    default_auto_field = "django.db.models.BigAutoField"
