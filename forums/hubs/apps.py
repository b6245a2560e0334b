from django.apps import AppConfig


class HubsConfig(AppConfig):
    """Places where customers arrive: home, products, tags and people."""

    name = "forums.hubs"
    label = "hubs"
