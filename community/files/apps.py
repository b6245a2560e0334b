from importlib import import_module

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "community.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Texts ask here for the pictures that they show."""
        import_module("community.files.showing")
