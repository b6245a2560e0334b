"""Devices of the team: where somebody of it signs in, nobody reviews the company's products for a month."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from forums.reviews.insiders import note_staff_device
from forums.reviews.models import Came

BORROWED = "demo-step-in"
"""The doors of the demo lend somebody's shoes: the device is a visitor's."""


@receiver(user_logged_in)
def note_device_of_the_team(user: Any = None, request: Any = None, **_: Any) -> None:
    """A keyed hash of it; nothing for the machine that the site runs on."""
    if request is None or "REMOTE_ADDR" not in request.META:
        return
    match = getattr(request, "resolver_match", None)
    if match is None or match.url_name != BORROWED:
        note_staff_device(user, Came.by(request))
