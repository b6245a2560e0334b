from django.apps import AppConfig

from community import among, checks  # noqa: F401 - registers the lookup, and the checks of the configuration


class CommunityConfig(AppConfig):
    name = "community"
    label = "community"
    default_auto_field = "django.db.models.BigAutoField"
