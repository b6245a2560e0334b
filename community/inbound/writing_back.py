"""What we write back about mail that came in: a question whose it was, or its words with the reason why not.

Only ever to the address that we know for the person, never to whoever sent the mail.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from community.inbound.purposes import Place, purpose_named
from community.notifications.addresses import MARKER, reply_address
from community.notifications.mailing import queue_mail
from community.notifications.models import EmailDelivery


def ask_for_origin(mail: Any, place: Place) -> EmailDelivery | None:
    """Ask the person whether a held mail was theirs. At most once a day and matter."""
    page = settings.SITE_URL + reverse("community:mail-detail", args=[mail.pk])
    return _write(
        "mail_held", mail, place, key=f"held-{place.chain}-{place.person.pk}-{mail.created_at:%Y%m%d}", page=page
    )


def give_back(mail: Any, place: Place) -> EmailDelivery | None:
    """Say why a mail could not be taken, and give its words back: in this mail, and as a draft on the page."""
    with translation.override(place.person.locale or settings.LANGUAGE_CODE):
        why = mail.why
    place.keep(mail.text)
    page = settings.SITE_URL + place.url
    in_reply_to = mail.message_key if mail.message_key.startswith("<") else ""
    return _write("mail_rejected", mail, place, key=f"rejected-{mail.pk}", page=page, why=why, in_reply_to=in_reply_to)


def _write(
    template: str, mail: Any, place: Place, *, key: str, in_reply_to: str = "", **context: Any
) -> EmailDelivery | None:
    person, purpose = place.person, purpose_named(place.purpose)
    if purpose is None or EmailDelivery.objects.bounced_to(person.email):
        return None
    return queue_mail(
        template,
        to=person,
        key=key,
        chain=place.chain,
        subject=place.title,
        reason=place.reason,
        reply_to=reply_address(purpose.code, place.about, person),
        in_reply_to=in_reply_to or place.last_mail,
        context={"mail": mail, "title": place.title, "marker": MARKER, **context},
    )
