from django.apps import AppConfig

from community import checks  # noqa: F401 - registers the checks of the configuration


class CommunityConfig(AppConfig):
    name = "community"
    label = "community"
    default_auto_field = "django.db.models.BigAutoField"
