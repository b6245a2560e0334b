"""The signed link that turns off one kind of mail for one person, without signing in."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from community.notifications.kinds import KINDS
from community.notifications.models import Unsubscription
from community.people.models import Person

LINK = "notifications.unsubscribe"
UNDO = "notifications.undo"


def unsubscribe_url(person: Any, kind: str) -> str:
    """Absolute, from the configured address only; it never expires, because mails do not."""
    token = signing.dumps([person.pk, kind], salt=LINK)
    return settings.SITE_URL + reverse("community:mail-off", args=[token])


def read_token(token: str) -> tuple[Person, str]:
    """Whose mail of which kind; an altered link finds nothing."""
    try:
        pk, kind = signing.loads(token, salt=LINK)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    if kind not in KINDS:
        raise Http404
    return get_object_or_404(Person, pk=pk), kind


def undo_token(unsubscription: Unsubscription) -> str:
    """For the link that takes it back, once."""
    return signing.dumps(unsubscription.pk, salt=UNDO)


def read_undo_token(token: str) -> Unsubscription:
    """What is to be taken back; an altered or used link finds nothing."""
    try:
        pk = signing.loads(token, salt=UNDO)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    return get_object_or_404(Unsubscription, pk=pk, undone_at__isnull=True)
