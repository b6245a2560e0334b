from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ThreadsConfig(AppConfig):
    name = "forums.threads"
    label = "threads"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every app say which words of posts it keeps, for when some must be blacked out, and how its threads begin."""
        autodiscover_modules("copies", "undoing")
