from django.apps import AppConfig


class CannedConfig(AppConfig):
    """Reply templates: words that help again and again, with how well they do."""

    name = "forums.canned"
    label = "canned"
    default_auto_field = "django.db.models.BigAutoField"
