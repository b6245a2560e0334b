"""Redactions: what the team has blacked out in a post, for good. Only its class is remembered, never the words."""

from typing import Any

from django.db import models
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from community.people.models import Person
from community.people.roles import Capability
from community.policy.blackout import name_of


class Redaction(models.Model):
    """Private details of these classes were covered in a post and in all its earlier wordings."""

    post = models.ForeignKey("threads.Post", on_delete=models.CASCADE, related_name="redactions")
    kinds = models.JSONField(help_text="what was covered, such as card or phone")
    places = models.PositiveIntegerField(help_text="how often it stood there, earlier wordings included")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        """What was covered, in words: "a card number and a phone number"."""
        return get_text_list([str(name_of(kind)) for kind in self.kinds], _("and"))


class RedactablePost:
    """What a post can say about being redacted."""

    thread: Any

    def is_redactable_by(self, person: Any) -> bool:
        """Staff who may black out private details: for the brand of its product, or for all."""
        if not person.is_authenticated or not person.can(Capability.REDACT):
            return False
        brands, product = person.brands_for(Capability.REDACT), self.thread.product
        return brands is None or (product is not None and product.brand.slug in brands)
