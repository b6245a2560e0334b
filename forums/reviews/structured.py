"""Reviews in schema.org's words: of products only. The company never tells search engines what it is worth itself."""

from typing import Any

from django.utils.html import strip_tags

from community.addresses import absolute
from community.catalogue.models import Product
from community.text.structured import breadcrumbs, person
from forums.reviews.models import Score
from forums.reviews.reading import Card


def rating_of(score: Score | None) -> dict[str, Any]:
    """The AggregateRating of a product: the very numbers that its page shows. Nothing without a counted review."""
    if score is None or not score.n:
        return {}
    return {
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": str(score.mean),
            "bestRating": "5",
            "worstRating": "1",
            "ratingCount": score.n,
            "reviewCount": score.n,
        }
    }


def product_of(product: Product, score: Score | None) -> dict[str, Any]:
    """A product with its rating."""
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "url": absolute(product.get_absolute_url()),
        "brand": {"@type": "Brand", "name": product.brand.name},
    }
    if product.tagline:
        told["description"] = product.tagline
    return told | rating_of(score)


def review_of(card: Card) -> dict[str, Any]:
    """One review, as its card shows it."""
    review, thread = card.review, card.review.thread
    told: dict[str, Any] = {
        "@type": "Review",
        "name": thread.title,
        "url": absolute(thread.get_absolute_url()),
        "datePublished": thread.created_at.isoformat(),
        "author": person(card.opening.author.name, card.opening.author.get_absolute_url()),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": str(review.stars),
            "bestRating": "5",
            "worstRating": "1",
        },
    }
    if body := strip_tags(card.opening.html).strip():
        told["reviewBody"] = body
    for name, words in (("positiveNotes", review.pros), ("negativeNotes", review.cons)):
        if words:
            told[name] = {"@type": "ItemList", "itemListElement": notes(words)}
    return told


def notes(words: str) -> list[dict[str, Any]]:
    """Pros or cons, a line each."""
    lines = [line.strip(" -*•") for line in words.splitlines() if line.strip(" -*•")]
    return [{"@type": "ListItem", "position": n, "name": line} for n, line in enumerate(lines, 1)]


def list_page(product: Product, score: Score | None, cards: list[Card], title: str, path: str) -> list[dict[str, Any]]:
    """The reviews of a product: where the page stands, the product's rating, and the counted reviews on the page."""
    told = product_of(product, score)
    if shown := [review_of(card) for card in cards if card.review.counted_as]:
        told["review"] = shown
    steps = [("Products", "/products/"), (product.name, product.get_absolute_url()), (title, path)]
    return [breadcrumbs(*steps), told]


def review_page(card: Card, score: Score | None, title: str) -> list[dict[str, Any]]:
    """A review on a page of its own. One of the company, or of its help, claims nothing but its place."""
    thread, product = card.review.thread, card.review.product
    if product is None:
        return [breadcrumbs((title, "/reviews/company/"), (thread.title, thread.get_absolute_url()))]
    steps = [(product.name, product.get_absolute_url()), (title, f"/products/{product.slug}/reviews/")]
    told = [breadcrumbs(*steps, (thread.title, thread.get_absolute_url()))]
    if card.review.counted_as:
        told.append(product_of(product, score) | {"review": [review_of(card)]})
    return told
