from django.apps import AppConfig


class ReputationConfig(AppConfig):
    """What people are thanked for: points that each have a cause, levels, badges and boards."""

    name = "forums.reputation"
    label = "reputation"
    default_auto_field = "django.db.models.BigAutoField"
