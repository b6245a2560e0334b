"""The demo's events go when it moves out; the chain is made anew from the first of them on."""

from community.events.models import Event
from community.staging import Stage
from moderation.actions.models import Seal


def build(stage: Stage) -> None:
    """Nothing: the worker seals what the demo did."""


def remove() -> None:
    """Drop the seals from the first event that is gone; the worker seals the rest again. Called when all is gone."""
    gone = Seal.objects.exclude(event__in=Event.objects.values("pk")).order_by("number").first()
    if gone is not None:
        Seal.objects.filter(number__gte=gone.number).delete()
