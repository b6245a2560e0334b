from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FlagsConfig(AppConfig):
    name = "moderation.flags"
    label = "flags"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every app's `reviewing.py` say which of its objects can come before a moderator."""
        autodiscover_modules("reviewing")
