from django.apps import AppConfig


class GoodwillConfig(AppConfig):
    name = "moderation.goodwill"
    label = "goodwill"
    default_auto_field = "django.db.models.BigAutoField"
