"""What the CRM says that somebody is entitled to: a product they own. It proves owners of reviews."""

from django.db import models

from community.catalogue.models import Product
from moderation.crm.models.connection import Connection


class Entitlement(models.Model):
    """One record of the CRM: who, by mail address, owns what. An ended one proves nothing new."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="entitlements")
    remote_id = models.CharField(max_length=60)
    email = models.EmailField(max_length=254, help_text="in small letters")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    is_ended = models.BooleanField(default=False)
    told_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["product", "email"], name="entitlement_by_owner")]
        constraints = [
            models.UniqueConstraint(fields=["connection", "remote_id"], name="an_entitlement_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"entitlement {self.pk}"
