from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PolicyConfig(AppConfig):
    name = "community.policy"
    label = "policy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every app’s `changes.py` say which changes of its own can wait for a look."""
        autodiscover_modules("changes")
