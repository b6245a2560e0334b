"""Silencing: for a few days somebody reads, and writes to the team, and publishes nothing."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.people.silencing import Silence, lift_silence, silence
from moderation.decisions.deeds.deed import Deed, reason_of
from moderation.decisions.models import Action

USUAL_DAYS = 3


def carry_out(action: Action, options: dict[str, Any]) -> None:
    """For as many days as were chosen."""
    action.until = timezone.now() + timedelta(days=options.get("days") or USUAL_DAYS)
    row = silence(action.person, by=action.decision.by, reason=reason_of(action), until=action.until)
    action.details = {"silence": row.pk}


def take_back(action: Action, by: Any) -> None:
    """They may publish again at once."""
    if row := Silence.objects.select_related("person").filter(pk=action.details["silence"]).first():
        lift_silence(row, by=by, reason="taken back")


SILENCE = Deed(
    name="silence",
    label=_("Silence the person"),
    done=_("You cannot publish anything for a while. You can read, and write to the team."),
    logged=_("silenced a member for a while"),
    icon="message-circle",
    carry_out=carry_out,
    take_back=take_back,
    is_on_person=True,
)
