from django.apps import AppConfig


class AutomationConfig(AppConfig):
    """Automations: when something happens, if it is so, then this; each run is written down."""

    name = "moderation.automation"
    label = "automation"
    default_auto_field = "django.db.models.BigAutoField"
