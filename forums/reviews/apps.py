from importlib import import_module

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "forums.reviews"
    label = "reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of sign-ins of the team."""
        import_module("forums.reviews.signing_in")
