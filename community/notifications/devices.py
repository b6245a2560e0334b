"""Browsers that show notifications: turned on, renewed by themselves, and forgotten with the session they belong to."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.dispatch import receiver
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from community.notifications.models import Device
from community.notifications.push_keys import from64, site_keys
from community.people.models import Person
from community.refusals import Refusal

MOST = 10
LONGEST_ENDPOINT, SECRET_BYTES = 1000, 16
BROWSERS = {"Firefox": "Firefox", "Edg": "Edge", "OPR": "Opera", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac", "Linux")


@dataclass(frozen=True)
class Subscription:
    """What a browser says of itself: where messages go, and the keys that they are sealed with."""

    endpoint: str
    p256dh: str
    auth: str

    @property
    def is_fine(self) -> bool:
        """Whether a browser could have said it. Whether the address lies inside our network is seen when it is used."""
        try:
            address, secret = urlsplit(self.endpoint), from64(self.auth)
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from64(self.p256dh))
        except ValueError:
            return False
        is_safe = address.scheme == "https" or (settings.PUSH_MAY_REACH_INSIDE and address.scheme == "http")
        is_plain = bool(address.hostname) and not address.username and self.endpoint.isprintable()
        return is_safe and is_plain and len(self.endpoint) <= LONGEST_ENDPOINT and len(secret) == SECRET_BYTES


def turn_on(person: Person, subscription: Subscription, *, session_key: str, agent: str) -> Device:
    """This browser shows notifications from now on. It belongs to whoever turned it on last."""
    refuse_odd(subscription)
    others = Device.objects.filter(person=person).exclude(endpoint=subscription.endpoint).order_by("-pk")
    Device.objects.filter(pk__in=list(others.values_list("pk", flat=True)[MOST - 1 :])).delete()
    Device.objects.filter(endpoint=subscription.endpoint).exclude(person=person).delete()
    fields = {"p256dh": subscription.p256dh, "auth": subscription.auth, "session_key": session_key}
    return Device.objects.update_or_create(
        endpoint=subscription.endpoint, defaults={"person": person, "label": label_of(agent), **fields}
    )[0]


def renew(endpoint: str, auth: str, subscription: Subscription) -> bool:
    """The push service gave the browser another address; the secret that only the browser and we know is the proof."""
    device = Device.objects.filter(endpoint=endpoint).first()
    if device is None or not constant_time_compare(device.auth, auth):
        return False
    refuse_odd(subscription)
    Device.objects.filter(endpoint=subscription.endpoint).exclude(pk=device.pk).delete()
    device.endpoint, device.p256dh, device.auth = subscription.endpoint, subscription.p256dh, subscription.auth
    device.save()
    return True


def refuse_odd(subscription: Subscription) -> None:
    """Raise a Refusal for what no browser sends."""
    if site_keys() is None or not subscription.is_fine:
        raise Refusal(_("This browser cannot be turned on for notifications."), code="no_device", status=422)


def label_of(agent: str) -> str:
    """How a person knows the browser again: “Firefox, Android”."""
    browser = next((name for sign, name in BROWSERS.items() if sign in agent), _("Browser"))
    system = next((name for name in SYSTEMS if name in agent), "")
    return f"{browser}, {system}" if system else str(browser)


def forget_of_sessions(keys: Collection[str]) -> None:
    """Whoever signs out of a browser, or ends its session from another one, is shown nothing there any more."""
    Device.objects.filter(session_key__in=[key for key in keys if key]).delete()


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Sessions that somebody ends from the list take their devices with them."""

    def end_sessions(self, sessions: Collection[UserSession]) -> None:
        forget_of_sessions([session.session_key for session in sessions])
        super().end_sessions(sessions)


@receiver([password_changed, password_reset, password_set])
def forget_all_of_theirs(user: Any, **_: Any) -> None:
    """A new password: whoever had the old one may have turned a browser on."""
    Device.objects.filter(person=user).delete()
