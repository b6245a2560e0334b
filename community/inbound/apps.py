from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class InboundConfig(AppConfig):
    name = "community.inbound"
    label = "inbound"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Each wing says in its `by_mail` what mail to its reply addresses means."""
        autodiscover_modules("by_mail")
