"""Mails of the demo's year were never meant to go out: they count as sent."""

from django.utils import timezone

from community.notifications.models import EmailDelivery
from community.people.demo_cast import names
from community.staging import Stage


def build(stage: Stage) -> None:
    """After the last act."""
    stage.at(stage.now, settle_mails)


def settle_mails() -> None:
    """Nobody has these addresses, and nobody is to be written to."""
    waiting = EmailDelivery.objects.waiting().filter(person__username_key__in=names())
    waiting.update(state=EmailDelivery.State.SENT, sent_at=timezone.now())


def remove() -> None:
    """Mails go with their people."""
    EmailDelivery.objects.filter(person__username_key__in=names()).delete()
