from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Help pages that the team writes and looks after."""

    name = "forums.articles"
    label = "articles"
    default_auto_field = "django.db.models.BigAutoField"
