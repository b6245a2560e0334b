from django.apps import AppConfig


class RulesConfig(AppConfig):
    """The community manager's side of the gate: rules of words, what they would have met, embargoes."""

    name = "moderation.rules"
    label = "rules"
    default_auto_field = "django.db.models.BigAutoField"
