"""Products and people in schema.org's words. The company itself is never rated in them."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from community.catalogue.models import Product
from community.text.structured import breadcrumbs, person
from forums.hubs.profile import Profile
from forums.reviews.models import Score
from forums.reviews.structured import product_of


def product_page(product: Product, score: Score | None) -> list[dict[str, Any]]:
    """A product and where its page stands, with the rating that the page shows."""
    steps = ((_("Products"), "/products/"), (product.name, product.get_absolute_url()))
    return [breadcrumbs(*steps), product_of(product, score)]


def profile_page(profile: Profile) -> dict[str, Any]:
    """A person's page: the visible name, and the numbers that stand on it."""
    told = person(profile.name, profile.person.get_absolute_url(), settings.TEAM_NAME if profile.persona else "")
    wrote = {"@type": "InteractionCounter", "interactionType": "https://schema.org/WriteAction"}
    told["agentInteractionStatistic"] = wrote | {"userInteractionCount": profile.answer_count}
    page = {"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": told}
    return page | ({"dateCreated": profile.person.created_at.isoformat()} if "since" in profile.seen else {})
