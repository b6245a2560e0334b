"""How much people want to hear of a product, a tag, or another person. Threads have their own rows, in `forums`."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from community.catalogue.models import Product


class Level(models.TextChoices):
    """How much of a place. Muting wins over whatever else would have brought it."""

    WATCH = "watch", _("Watch")
    TRACK = "track", _("Track")
    MUTE = "mute", _("Mute")


class WatchQuerySet(models.QuerySet["Watch"]):
    """Which levels."""

    def about(self, *, products: Any = (), tags: Any = (), people: Any = ()) -> Self:
        """What anybody has said of any of these places (ids)."""
        return self.filter(models.Q(product__in=products) | models.Q(tag__in=tags) | models.Q(other__in=people))

    def muted(self) -> Self:
        return self.filter(level=Level.MUTE)

    def heard(self) -> Self:
        return self.exclude(level=Level.MUTE)


class Watch(models.Model):
    """A person wants to hear all, a little, or nothing of one product, tag or person. Without a row: the usual."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, null=True, related_name="watches")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, null=True, related_name="watches")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="watched_by")
    level = models.CharField(max_length=5, choices=Level.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "watches"
        constraints = [
            models.UniqueConstraint(fields=["person", "product"], name="one_level_per_person_and_product"),
            models.UniqueConstraint(fields=["person", "tag"], name="one_level_per_person_and_tag"),
            models.UniqueConstraint(fields=["person", "other"], name="one_level_per_person_and_person"),
            models.CheckConstraint(
                condition=models.Q(product__isnull=False, tag__isnull=True, other__isnull=True)
                | models.Q(product__isnull=True, tag__isnull=False, other__isnull=True)
                | models.Q(product__isnull=True, tag__isnull=True, other__isnull=False),
                name="a_level_is_about_one_place",
            ),
            models.CheckConstraint(condition=~models.Q(other=models.F("person")), name="nobody_watches_themselves"),
        ]

    @property
    def place(self) -> str:
        """The place as a code, such as product:7."""
        kind = "product" if self.product_id else "tag" if self.tag_id else "person"
        return f"{kind}:{self.product_id or self.tag_id or self.other_id}"
