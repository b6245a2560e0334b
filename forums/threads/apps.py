from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ThreadsConfig(AppConfig):
    name = "forums.threads"
    label = "threads"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every app says which words of posts it keeps, how its threads begin, and where drafts of it belong."""
        autodiscover_modules("copies", "undoing", "unfinished")
