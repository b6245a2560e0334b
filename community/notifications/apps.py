from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "community.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Each wing says what else can be watched, and what of a week that has passed would have been told."""
        autodiscover_modules("watched", "replaying")
        import_module("community.notifications.rounds")  # its tasks stand above those of `tasks`
