"""The demo's mapping: what the shop's XML says, and how Kim followed when the shop renamed a field."""

from community.people.demo_cast import names
from community.staging import Stage, span
from moderation.mappings.models import MappingVersion

FEED = "orders:shop"
FIRST = {"order": "@no", "product": "line/article", "email": "buyer/mail", "bought_at": "placed"}
NOW = {**FIRST, "email": "buyer/emailAddress", "serial": "line/serialNumber"}


def build(stage: Stage) -> None:
    """Two versions, the second with what was missing."""
    kim = stage.people["kim"]

    def keep(paths: dict[str, str], reason: str, based_on: int) -> None:
        MappingVersion.objects.keep(FEED, "orders/order", paths, by=kim, reason=reason, based_on=based_on)

    stage.at(stage.now - span("60d"), lambda: keep(FIRST, "The shop’s export as of September", 0))
    stage.at(stage.now - span("9d"), lambda: keep(NOW, "They renamed the mail field and send serial numbers now", 1))


def remove() -> None:
    """What Kim said."""
    MappingVersion.objects.filter(by__username_key__in=names()).delete()
