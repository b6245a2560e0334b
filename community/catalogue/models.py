"""What the company makes: brands, lines, products, their versions, who owns which, and what was sold to whom."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse

from community.people.models import Person


class Brand(models.Model):
    """A name under which the company sells."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(unique=True)

    def __str__(self) -> str:
        return self.name


class ProductLine(models.Model):
    """Products of one kind, such as headphones: they are listed, rated and compared in the same terms."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class ProductQuerySet(models.QuerySet["Product"]):
    """Ways to ask for products."""

    def visible_to(self, person: object) -> Self:
        """Every product is public."""
        return self.filter(is_listed=True)


class Product(models.Model):
    """Something a customer can own, ask about and review."""

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="products")
    line = models.ForeignKey(ProductLine, on_delete=models.SET_NULL, null=True, blank=True, related_name="products")
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    tagline = models.CharField(max_length=140, blank=True)
    icon = models.CharField(max_length=30, default="box", help_text="name of a symbol in the sprite")
    hue = models.PositiveSmallIntegerField(default=200, help_text="colour of its card, degrees")
    position = models.PositiveSmallIntegerField(default=0)
    is_listed = models.BooleanField(default=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    ask_outline = models.TextField(
        blank=True, max_length=600, help_text="what helps to know with a question about it, one thing a line"
    )
    question_count = models.PositiveIntegerField(default=0)
    solved_count = models.PositiveIntegerField(default=0)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forums:product-detail", args=[self.slug])

    @property
    def outline(self) -> list[str]:
        """What helps to know with a question about it."""
        return [line.strip() for line in self.ask_outline.splitlines() if line.strip()]

    def count_solved(self, step: int) -> None:
        """Keep the number of solved questions: one more or one less."""
        type(self).objects.filter(pk=self.pk).update(solved_count=models.F("solved_count") + step)

    def count_questions(self, step: int) -> None:
        """Keep the number of questions that readers can see: one more or one less."""
        type(self).objects.filter(pk=self.pk).update(question_count=models.F("question_count") + step)


class ProductVersion(models.Model):
    """A firmware, app or hardware version of a product. The newest comes first."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=40)
    released_at = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-released_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["product", "name"], name="one_version_name_per_product")]

    def __str__(self) -> str:
        return self.name


class Ownership(models.Model):
    """A person owns a product, in a version, perhaps known by an order. The order number is contact data."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ownerships")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="ownerships")
    version = models.ForeignKey(ProductVersion, on_delete=models.SET_NULL, null=True, blank=True)
    order_number = models.CharField(max_length=40, blank=True)
    since = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "product"], name="one_ownership_per_product")]


class Purchase(models.Model):
    """One unit that a shop says it has sold: a line of the order feed. It proves who owns what."""

    source = models.CharField(max_length=40, help_text="which shop told us")
    order_number = models.CharField(max_length=40, help_text="as `order_key` writes it")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="purchases")
    serial = models.CharField(max_length=60, blank=True, help_text="as `order_key` writes it")
    email = models.EmailField(max_length=254, blank=True, help_text="the buyer's, in small letters")
    bought_at = models.DateField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["product", "email"], name="purchase_by_buyer"),
            models.Index(fields=["product", "serial"], name="purchase_by_serial"),
            models.Index(fields=["delivered_at"], name="purchase_by_delivery"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "order_number", "product", "serial"], name="an_order_line_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"purchase {self.pk}"


def order_key(number: Any) -> str:
    """An order or serial number as it is kept and compared: capitals, without blanks."""
    return "".join(str(number).split()).upper()
