"""Contact data: masked for everybody, shown to those who may with a row that says who looked, and why."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.phones import grouped_phone, masked_phone
from community.people.roles import Capability
from community.refusals import Refusal

DOTS = "•••"


@dataclass(frozen=True)
class Contact:
    """How to reach somebody, as far as the viewer may know."""

    email: str
    order_numbers: tuple[str, ...]
    is_masked: bool
    phone: str = ""

    @property
    def phone_to_read(self) -> str:
        """The number in groups, as one reads it out; a masked one stays as it is."""
        return self.phone if self.is_masked else grouped_phone(self.phone)


class ContactablePerson:
    """What can be asked about how to reach somebody."""

    pk: int
    email: str
    phone: str
    ownerships: Any
    save: Any

    def keep_phone(self, number: str) -> None:
        """Where to call them, as they said themselves."""
        if self.phone != number:
            self.phone = number
            self.save(update_fields=["phone"])

    def contact_for(self, viewer: Any, *, purpose: str = "", brand: str | None = None, counted: bool = True) -> Contact:
        """Masked; with a purpose, shown to staff who may see contact data, and the look is recorded.

        `counted`: whether the look counts towards the viewer's looks an hour (a page does, a push to the CRM does not).
        """
        orders = tuple(o for o in self.ownerships.order_by("pk").values_list("order_number", flat=True) if o)
        is_self = viewer is not None and viewer.pk == self.pk
        if is_self:
            return Contact(self.email, orders, is_masked=False, phone=self.phone)
        if not purpose or viewer is None or not viewer.can(Capability.SEE_CONTACT_DATA, brand):
            return Contact(
                masked_address(self.email), tuple(masked_number(o) for o in orders), True, masked_phone(self.phone)
            )
        if counted:
            _refuse_too_many_looks(viewer, self.pk)
        record(Verb.CONTACT_SEEN, actor=viewer, subject=self, purpose=purpose[:200])  # type: ignore[arg-type]
        return Contact(self.email, orders, is_masked=False, phone=self.phone)


def masked_address(address: str) -> str:
    """ "ana@example.org" as "a•••@e•••.org": enough to recognise one's own, too little to write to."""
    local, at, domain = address.partition("@")
    if not at:
        return DOTS if address else ""
    host, _dot, ending = domain.rpartition(".")
    return f"{local[:1]}{DOTS}@{host[:1]}{DOTS}.{ending}"


def masked_number(number: str) -> str:
    """ "NL-1001" as "NL•••"."""
    return number[:2] + DOTS


def _refuse_too_many_looks(viewer: Any, pk: int) -> None:
    """One record at a time, so many people an hour."""
    people = ContentType.objects.get_for_model(apps.get_model("people", "Person"))
    looks = apps.get_model("events", "Event").objects.filter(
        verb=Verb.CONTACT_SEEN, actor=viewer, subject_type=people, created_at__gt=timezone.now() - timedelta(hours=1)
    )
    others = looks.exclude(subject_id=pk).values("subject_id").distinct().count()
    if others >= settings.CONTACT_LOOKS_PER_HOUR:
        sentence = _("You have looked at the contact data of many people this hour. Please ask a supervisor.")
        raise Refusal(sentence, code="too_many_looks", status=429, retry_after=3600)
