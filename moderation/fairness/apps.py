from django.apps import AppConfig


class FairnessConfig(AppConfig):
    """Whether reviews are treated alike: the public ledger, the parity report, insiders and campaigns."""

    name = "moderation.fairness"
    label = "fairness"
    default_auto_field = "django.db.models.BigAutoField"
