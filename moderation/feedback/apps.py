from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """Reviews as the team handles them: buyers are asked for one, files of them come in and go out."""

    name = "moderation.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"
