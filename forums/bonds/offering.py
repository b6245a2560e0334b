"""What a customer is offered: somebody of the team who has helped them before, and when they are back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.people.absence import Presence, presence_of
from community.people.models import Person
from forums.bonds.models import Bond, first_name, is_for, is_open_to


@dataclass(frozen=True)
class Offer:
    """One person who may be asked again."""

    agent: Person
    presence: Presence
    when: str
    substitute: Person | None

    @property
    def handle(self) -> str:
        return self.agent.handle

    @property
    def short(self) -> str:
        return first_name(self.agent.name)

    @property
    def words(self) -> str:
        """What the choice says: "ask Dora again (back at 09:00)"."""
        if self.substitute:
            told = {"name": self.short, "when": self.when, "other": first_name(self.substitute.name)}
            return _("ask %(name)s again (away, %(when)s; %(other)s stands in)") % told
        return _("ask %(name)s again (%(when)s)") % {"name": self.short, "when": self.when}


def offers_for(customer: Any, thread: Any = None) -> list[Offer]:
    """Whom the customer may ask again, the latest first; for a thread only those who work for its brand."""
    if customer is None or not customer.is_authenticated:
        return []
    bonds = [bond for bond in Bond.objects.of(customer) if thread is None or is_for(bond.agent, thread)]
    return [offer_of(bond.agent, customer) for bond in bonds]


def offer_of(agent: Person, customer: Any) -> Offer:
    presence = presence_of(agent)
    substitute = presence.substitute
    if substitute and not is_open_to(substitute, customer):
        substitute = None
    return Offer(agent, presence, said(presence, customer.time_zone), substitute)


def said(presence: Presence, zone: str, now: datetime | None = None) -> str:
    """When somebody is back, as the customer's own clock shows it."""
    if presence.is_here:
        return _("here now")
    if presence.back_at is None:
        return _("away")
    back, today = presence.back_at.astimezone(ZoneInfo(zone)), (now or timezone.now()).astimezone(ZoneInfo(zone))
    clock = date_format(back, "H:i")
    if back - today < timedelta(hours=24):
        return _("back at %(time)s") % {"time": clock}
    if back - today < timedelta(days=6):
        return _("back on %(day)s at %(time)s") % {"day": date_format(back, "l"), "time": clock}
    return _("back on %(day)s") % {"day": date_format(back, "j F")}
