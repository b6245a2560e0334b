"""What somebody is to the company, said beside everything they write: the label stays as it was at the time."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.people.roles import STAFF_ROLES, Role
from community.people.standing_then import is_employee


class Label(models.TextChoices):
    """A tie to the company that readers are told of. Without one somebody is a customer like themselves."""

    TEAM = "team", _("team")
    PARTNER = "partner", _("partner")
    CHAMPION = "champion", _("champion")
    EMPLOYEE = "employee", _("works here")
    AUTOMATION = "automation", _("automation")


def label_of(person: Person, *, as_staff: bool = False) -> str:
    """The label for what the person writes now: for the company, or as themselves."""
    if getattr(person, "is_automaton", False):
        return Label.AUTOMATION
    if as_staff:
        return Label.PARTNER if person.roles & STAFF_ROLES == {Role.PARTNER_AGENT} else Label.TEAM
    if person.is_team or is_employee(person):
        return Label.EMPLOYEE
    return Label.CHAMPION if person.is_champion else ""


def tie(label: str, alias: str) -> Any:
    """The label in words, for what has no room for a mark: mails, feeds, what machines read. Empty for customers."""
    if label == Label.TEAM or (alias and not label):
        return settings.TEAM_NAME
    return Label(label).label if label else ""


def signature(name: str, label: str, alias: str) -> Any:
    """The name under a text with the tie to the company behind it, said in the language of whoever reads it."""
    words = tie(label, alias)
    return format_lazy("{name} ({tie})", name=name, tie=words) if words else name
