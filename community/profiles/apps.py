from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """The settings pages: what people say of themselves and choose for themselves."""

    name = "community.profiles"
    label = "profiles"
