from django.apps import AppConfig


class CallbacksConfig(AppConfig):
    name = "moderation.callbacks"
    label = "callbacks"
    default_auto_field = "django.db.models.BigAutoField"
