from django.apps import AppConfig


class TagsConfig(AppConfig):
    """The words under which questions are found: their descriptions, their synonyms, and putting two into one."""

    name = "forums.tags"
    label = "tags"
