from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Scores learned from words: what reads like spam here, and what reads like an insult. Hints, never verdicts."""

    name = "moderation.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"
