"""The demo's credits: small ones given at once over the last weeks, and one that waits for fay."""

from datetime import timedelta
from decimal import Decimal

from community.people.demo_cast import names
from community.people.models import Person
from community.staging import Stage, span
from moderation.goodwill.models import Allowance, Credit
from moderation.queue.models import Item

GIVEN = [
    # who, ago, title of the item, amount, reason, words for the team
    ("dora", "7d", "Charging cable gets warm", "15.00", "broken", "Batch 22/B, the third one this month."),
    ("emil", "20h", "Loses the Wi-Fi after every power cut", "10.00", "wait", "A day until our first answer."),
    ("emil", "4h", "Kettle Go does not start", "20.00", "broken", "Bought in May, would be a repair by the terms."),
    ("dora", "3h", "Second pair arrived with a scratch", "25.00", "late", "The exchange will miss her trip."),
    ("emil", "50m", "Left side has no sound", "60.00", "mistake", "We told him it was rain-proof. Price of a new bud."),
]
WHY = "What a usual exchange costs us in postage, twice."


def build(stage: Stage) -> None:
    """Fay set the limit once; agents stay within it, but for one."""
    stage.at(stage.now - timedelta(days=290), lambda: Allowance.change(Decimal(50), by=stage.people["fay"], reason=WHY))
    for who, ago, title, amount, reason, words in GIVEN:
        credit = (title, Decimal(amount), reason, words, stage.people[who])
        stage.at(stage.now - span(ago), lambda told=credit: give(*told))


def give(title: str, amount: Decimal, reason: str, words: str, by: Person) -> None:
    item = Item.objects.filter(title__startswith=title).select_related("customer", "product__brand").order_by("-pk")[0]
    Credit.objects.give(item, amount, reason=reason, words=words, by=by)


def remove() -> None:
    """What the demo's people gave each other."""
    Credit.objects.filter(by__username_key__in=names()).delete()
    Allowance.objects.filter(by__username_key__in=names()).delete()
