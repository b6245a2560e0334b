from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LiveConfig(AppConfig):
    name = "community.live"
    label = "live"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Learn who may listen to what, and when sockets close."""
        import_module("community.live.closing")
        autodiscover_modules("streams")
