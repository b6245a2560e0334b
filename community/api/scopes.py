"""What a key may open: reading or writing, area by area. A key never does more than its owner may."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.people.models import Person


class Area(models.TextChoices):
    """A part of the site for which keys are made."""

    COMMUNITY = "community", _("Questions, answers, help pages, tags, people and search")
    REVIEWS = "reviews", _("Products and reviews")
    OWN = "own", _("What is yours alone: notifications, private requests, decisions about you")
    DESK = "desk", _("The desk: queue, claims, notes, answers for the team")


class Act(models.TextChoices):
    """Looking, or doing."""

    READ = "read", _("read")
    WRITE = "write", _("write")


def scope(area: str, act: str) -> str:
    """The name of a scope, such as `reviews:write`."""
    return f"{area}:{act}"


SCOPES = [scope(area, act) for area in Area for act in Act]
OF_STAFF = {Area.DESK}
"""Areas that are nothing for customers."""


def areas_for(person: Person) -> list[Area]:
    """The areas for which somebody can make a key."""
    return [area for area in Area if area not in OF_STAFF or person.is_team]
