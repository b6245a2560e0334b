"""Calls in the browser: who rang when, and how they ended. What was said is kept nowhere."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.people.taking_along import takes_along
from moderation.calls.models import Call


@takes_along("calls", _("Calls in the browser, without what was said, which is kept nowhere"))
def calls(person: Person) -> Any:
    columns = ("created_at", "answered_at", "ended_at", "end_reason")
    return Call.objects.filter(conversation__customer=person).order_by("pk").values(*columns)
