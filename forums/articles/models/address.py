"""Addresses: every name under which an article was ever found. The old ones lead to the newest."""

from typing import Any

from django.db import models
from django.utils.text import slugify

LONGEST = 80
TAKEN = frozenset({"new", "drafts"})
"""Names of other pages under /help/."""


class AddressQuerySet(models.QuerySet["Address"]):
    """Which addresses."""

    def free(self, title: str, article: Any = None) -> str:
        """The readable name for a title that no other article has or had."""
        name = slugify(title)[:LONGEST].strip("-") or "page"
        tried = (name if number == 1 else f"{name[: LONGEST - 6]}-{number}" for number in range(1, 10_000))
        others = self.filter(slug__startswith=name[: LONGEST - 6])
        taken = set((others.exclude(article=article) if article else others).values_list("slug", flat=True)) | TAKEN
        return next(slug for slug in tried if slug not in taken)


class Address(models.Model):
    """A name in an article's address, now or once."""

    slug = models.SlugField(max_length=LONGEST, unique=True)
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="addresses")

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return self.slug


class AddressedArticle:
    """What an article can do about where it is found."""

    thread: Any

    def move_to(self, title: str) -> None:
        """Take the address that fits the title. The one before leads there from now on."""
        slug = Address.objects.free(title, self)
        Address.objects.get_or_create(slug=slug, article=self)
        if self.thread.slug != slug:
            self.thread.slug = slug
            self.thread.save(update_fields=["slug"])
