from django.apps import AppConfig


class BondsConfig(AppConfig):
    """Who of the team has helped whom, and whom a customer asks for by name."""

    name = "forums.bonds"
    label = "bonds"
    default_auto_field = "django.db.models.BigAutoField"
