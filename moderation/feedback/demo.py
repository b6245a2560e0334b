"""Buyers of the demo’s shop who were asked for a review, and those who were not: an audit to look at as Hana."""

from datetime import timedelta

from community.catalogue.models import Purchase
from community.people.demo_cast import names
from community.staging import Stage
from forums.reviews.demo import SHOP
from moderation.feedback.inviting import invite_due
from moderation.feedback.models import Exemption

BUYERS = {
    # who bought what: people of the demo, and addresses that nobody here has confirmed
    "beam-mini": ("tomasz", "henrik", "marta", "jonas", "a.winter@example.net", "b.sommer@example.net"),
    "kettle-go": ("dev", "theo", "greta", "wren", "priya", "leo", "c.herbst@example.net"),
    "kettle-bar": ("pavel", "mirko", "luca", "aisha", "dora"),
    "kettle-one": ("oskar", "carla", "sofie", "d.lenz@example.net"),
}
IN_COURT = "DM-9003"


def build(stage: Stage) -> None:
    """What was delivered two weeks ago, whom the team keeps out of it, and the round that asked."""
    stage.at(stage.now - timedelta(days=16), lambda: deliver(stage))
    stage.at(stage.now - timedelta(days=14), lambda: exempt(stage))
    stage.at(stage.now - timedelta(days=1, hours=3), invite_due)


def deliver(stage: Stage) -> None:
    """The order feed of the shop."""
    bought = [(product, buyer) for product, buyers in BUYERS.items() for buyer in buyers]
    Purchase.objects.bulk_create(
        Purchase(
            source=SHOP, order_number=f"DM-{9001 + number}", product=stage.props[product],
            email=buyer if "@" in buyer else stage.people[buyer].email,
            delivered_at=stage.now - timedelta(days=15, hours=number),
        )
        for number, (product, buyer) in enumerate(bought)
    )  # fmt: skip


def exempt(stage: Stage) -> None:
    Exemption.objects.exempt(IN_COURT, by=stage.people["hana"], reason="A dispute about the delivery is before a court")


def remove() -> None:
    """Askings go with what was bought."""
    Exemption.objects.filter(by__username_key__in=names()).delete()
    Purchase.objects.filter(source=SHOP).delete()
