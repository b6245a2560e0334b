"""What belongs beside a product: questions that were asked about something else, and are about it too."""

from django.db.models import Count

from community.catalogue.models import Product
from community.search.relating import relate_named
from forums.threads.models import ThreadTag

TAGS = 3


def relate_products() -> None:
    """Look for all of them, by name, tagline and what is asked about them most."""
    asked: dict[int, list[str]] = {}
    seen = ThreadTag.objects.filter(content_object__is_hidden=False, content_object__product__isnull=False)
    counted = seen.values_list("content_object__product", "tag__name").annotate(times=Count("pk")).order_by("-times")
    for product_id, tag, _times in counted:
        asked.setdefault(product_id, []).append(tag)
    for product in Product.objects.visible_to(None):
        tags = asked.get(product.pk, [])[:TAGS]
        relate_named(
            "product", product.pk, product.name, " ".join([product.tagline, *tags]), page=f"product-{product.pk}",
            keeps=lambda document, own=product.pk: document.product_id != own,  # type: ignore[misc]
        )  # fmt: skip
