"""A mail address that somebody changes: whoever knew the old one hears of it."""

from typing import Any

from allauth.account.signals import email_changed
from django.dispatch import receiver

from community.events.recording import record
from community.events.verbs import Verb


@receiver(email_changed)
def tell_of_address(user: Any, **_: Any) -> None:
    """The confirmed address of an account is another one now; which, the event does not say."""
    record(Verb.ADDRESS_CHANGED, actor=user, subject=user)
