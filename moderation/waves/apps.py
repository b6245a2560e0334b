from django.apps import AppConfig


class WavesConfig(AppConfig):
    """Waves of sign-ups and of spam: seen within moments, stopped by crisis mode, judged by a moderator."""

    name = "moderation.waves"
    label = "waves"
    default_auto_field = "django.db.models.BigAutoField"
