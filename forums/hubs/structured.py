"""Products and people in schema.org's words. Nothing is rated here, least of all the company itself."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from community.catalogue.models import Product
from community.text.structured import address, breadcrumbs, person
from forums.hubs.profile import Profile


def product_page(product: Product) -> list[dict[str, Any]]:
    """A product and where its page stands. It carries ratings when there are reviews to show, and not before."""
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "url": address(product.get_absolute_url()),
        "brand": {"@type": "Brand", "name": product.brand.name},
    }
    if product.tagline:
        told["description"] = product.tagline
    return [breadcrumbs((_("Products"), "/products/"), (product.name, product.get_absolute_url())), told]


def profile_page(profile: Profile) -> dict[str, Any]:
    """A person's page: the visible name, and the numbers that stand on it."""
    told = person(profile.name, profile.person.get_absolute_url(), settings.TEAM_NAME if profile.persona else "")
    wrote = {"@type": "InteractionCounter", "interactionType": "https://schema.org/WriteAction"}
    told["agentInteractionStatistic"] = wrote | {"userInteractionCount": profile.answer_count}
    page = {"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": told}
    return page | ({"dateCreated": profile.person.created_at.isoformat()} if "since" in profile.seen else {})
