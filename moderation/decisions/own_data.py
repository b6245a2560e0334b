"""What a person reported, what was decided about them and why, and what they said against it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.people.taking_along import takes_along
from moderation.decisions.models import Appeal, StatementOfReasons
from moderation.flags.models import Flag


@takes_along("reports", _("What you reported, and what came of it"))
def reports(person: Person) -> Any:
    columns = ("receipt", "rule__title", "note", "outcome", "created_at", "judged_at")
    return Flag.objects.filter(by=person).order_by("pk").values(*columns)


@takes_along("decisions_about_you", _("Decisions about you, each with its reasons"))
def decisions(person: Person) -> Any:
    columns = ("title", "rule_title", "rule_text", "facts", "scope", "until", "created_at")
    return StatementOfReasons.objects.filter(person=person).order_by("pk").values(*columns)


@takes_along("appeals", _("Your appeals"))
def appeals(person: Person) -> Any:
    columns = ("text", "created_at", "outcome", "reason", "decided_at")
    return Appeal.objects.filter(by=person).order_by("pk").values(*columns)
