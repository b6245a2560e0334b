"""What the site has said about how it checks reviews, each version with its date. Nobody changes or deletes one."""

from django.db import models
from django.urls import reverse
from django.utils import timezone


class CheckingNotice(models.Model):
    """One version of the page “How we check reviews”: the facts that it states."""

    number = models.PositiveIntegerField(unique=True)
    facts = models.JSONField(help_text="as forums/reviews/checking.py reads them from the settings")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("forums:review-checks-version", args=[self.number])
