from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "community.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A session knows from its first moment when it was last used; the tables beside `models.py` are known."""
        for name in ("signing_in", "absence", "addresses", "audience", "distance", "silencing", "closing"):
            import_module(f"community.people.{name}")
