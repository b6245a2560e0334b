from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """What other programs read: feeds, the map of the site for search engines, and what they may visit."""

    name = "forums.feeds"
    label = "feeds"
