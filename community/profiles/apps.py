from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProfilesConfig(AppConfig):
    """The settings pages: what people say of themselves and choose for themselves."""

    name = "community.profiles"
    label = "profiles"

    def ready(self) -> None:
        autodiscover_modules("own_data", "at_closing")
