"""What the ground holds of a person: who they are, how they sign in, what they own, what they want to hear of."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from community.api.models import ApiKey
from community.catalogue.models import Ownership, Purchase
from community.events.models import Event
from community.events.verbs import Verb
from community.files.models import Attachment
from community.notifications.models import Device, EmailDelivery, Notification, Preference, Rhythm, Watch
from community.people.audience import Audience
from community.people.distance import Block, Ignore
from community.people.models import Person
from community.people.taking_along import takes_along

Row = dict[str, Any]
OF_PERSON = ("username", "email", "phone", "about", "topics", "locale", "time_zone", "level", "badges", "created_at")


@takes_along("profile", _("Your account and profile"))
def profile(person: Person) -> list[Row]:
    addresses = EmailAddress.objects.filter(user=person).order_by("pk").values("email", "verified", "primary")
    audience = dict(Audience.objects.filter(person=person).values_list("field", "seen_by"))
    roles = list(person.grants.order_by("pk").values("role", "brand", "created_at", "expires_at", "revoked_at"))
    facts = {name: getattr(person, name) for name in OF_PERSON}
    return [{**facts, "addresses": list(addresses), "who_sees_what": audience, "roles": roles}]


@takes_along("sign_ins", _("Where you are signed in, and by what means"))
def sign_ins(person: Person) -> Iterator[Row]:
    columns = ("ip", "user_agent", "created_at", "last_seen_at")
    for row in UserSession.objects.filter(user=person).order_by("pk").values(*columns):
        yield {"kind": "session", **row}
    for row in Authenticator.objects.filter(user=person).order_by("pk").values("type", "created_at", "last_used_at"):
        yield {"kind": "second step", **row}
    columns = ("name", "scopes", "created_at", "last_used_at")
    for row in ApiKey.objects.filter(person=person).order_by("pk").values(*columns):
        yield {"kind": "key of a program", **row}


@takes_along("products", _("What you own, and what shops told us of it"))
def products(person: Person) -> Iterator[Row]:
    owned = Ownership.objects.filter(person=person).select_related("product", "version").order_by("pk")
    for row in owned:
        version = row.version.name if row.version else ""
        yield {"product": row.product.name, "version": version, "order_number": row.order_number, "since": row.since}
    if person.email:
        columns = ("source", "order_number", "product__name", "serial", "bought_at", "delivered_at")
        yield from Purchase.objects.filter(email=person.email.lower()).order_by("pk").values(*columns)


@takes_along("notification_settings", _("What you want to hear of, and when"))
def notification_settings(person: Person) -> Iterator[Row]:
    wishes = ("kind", "tray", "mail", "digest", "push")
    for row in Preference.objects.filter(person=person).order_by("kind").values(*wishes):
        yield {"setting": "kind", **row}
    rhythm = ("daily_cap", "push_cap", "digest", "digest_at", "quiet_from", "quiet_until")
    for row in Rhythm.objects.filter(person=person).values(*rhythm):
        yield {"setting": "rhythm", **row}
    for watch in Watch.objects.filter(person=person).select_related("product", "tag", "other").order_by("pk"):
        place = watch.product or watch.tag or watch.other
        yield {"setting": "watched", "what": str(place), "level": watch.level, "since": watch.created_at}
    for row in Device.objects.filter(person=person).order_by("pk").values("label", "created_at"):
        yield {"setting": "device", **row}


@takes_along("notifications", _("What we told you here"))
def notifications(person: Person) -> Any:
    columns = ("created_at", "kind", "text", "url", "reason", "read_at")
    return Notification.objects.filter(person=person).order_by("pk").values(*columns)


@takes_along("mails", _("What we mailed you"))
def mails(person: Person) -> Iterator[Row]:
    """Without the codes to sign in, which are nobody's to keep."""
    columns = ("created_at", "sent_at", "recipient", "subject", "text", "state", "is_secret")
    for row in EmailDelivery.objects.filter(person=person).order_by("pk").values(*columns):
        yield {**row, "text": "" if row.pop("is_secret") else row["text"]}


@takes_along("distance", _("From whom you keep your distance"))
def distance(person: Person) -> Iterator[Row]:
    for kind, rows in (("ignored", Ignore.objects), ("blocked", Block.objects)):
        for row in rows.filter(person=person).select_related("other").order_by("pk"):
            yield {"kind": kind, "who": row.other.name, "since": row.created_at}


@takes_along("files", _("Files that you shared"))
def files(person: Person) -> Iterator[Row]:
    for row in Attachment.objects.filter(uploader=person).select_related("blob").order_by("pk"):
        told = {"name": row.name, "url": row.get_absolute_url(), "bytes": row.blob.size}
        yield {**told, "kind": row.blob.content_type, "at": row.created_at}


@takes_along("looks_at_your_contact_data", _("When somebody of the team looked at your contact data, and for what"))
def looks(person: Person) -> Iterator[Row]:
    """By role: who of the team it was is the auditor's to know."""
    about = {"subject_type": ContentType.objects.get_for_model(Person), "subject_id": person.pk}
    seen = Event.objects.filter(verb=Verb.CONTACT_SEEN, **about).select_related("actor").order_by("pk")
    for event in seen:
        roles = sorted(event.actor.roles) if event.actor else []
        yield {"at": event.created_at, "purpose": event.details.get("purpose", ""), "role": ", ".join(roles)}
