"""Calls that a person booked, and what came of each try."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.people.taking_along import takes_along
from moderation.callbacks.models import Callback


@takes_along("booked_calls", _("Calls that you booked, with every try"))
def callbacks(person: Person) -> Iterator[dict[str, Any]]:
    booked = Callback.objects.filter(conversation__customer=person).prefetch_related("attempts").order_by("pk")
    for call in booked:
        tries = [{"at": one.accepted_at, "outcome": one.outcome} for one in call.attempts.all() if one.accepted_at]
        yield {
            "for": call.slot_at,
            "zone": call.zone,
            "state": call.state,
            "booked_at": call.created_at,
            "tries": tries,
        }
