from importlib import import_module

from django.apps import AppConfig


class IdentitiesConfig(AppConfig):
    name = "moderation.identities"
    label = "identities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of it when somebody signs in by an account elsewhere."""
        import_module("moderation.identities.proving")
