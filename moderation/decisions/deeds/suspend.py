"""Suspending by the published ladder: each time longer, and it ends by itself."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.people.models import Suspension
from moderation.decisions.deeds.deed import Deed, reason_of
from moderation.decisions.ladder import next_step
from moderation.decisions.models import Action


def carry_out(action: Action, options: dict[str, Any]) -> None:
    """For the next step of the ladder. Sessions end at once."""
    days = next_step(action.person)
    keep_out(action, timezone.now() + timedelta(days=days))
    action.details["days"] = days


def keep_out(action: Action, until: Any) -> None:
    """Suspend the person until then, or for good, and remember which suspension is ours."""
    action.until = until
    row = action.person.suspend(by=action.decision.by, reason=reason_of(action), until=until)
    action.details = {"suspension": row.pk}


def take_back(action: Action, by: Any) -> None:
    """They may come back at once, unless something else keeps them out."""
    ours = Suspension.objects.filter(pk=action.details.get("suspension"), lifted_at__isnull=True)
    if row := ours.first():
        row.person.lift_suspension(by=by, reason="taken back", only=row)


SUSPEND = Deed(
    name="suspend",
    label=_("Suspend the person"),
    done=_("Your account is suspended for a while: you cannot sign in."),
    logged=_("suspended a member for a while"),
    icon="pause",
    carry_out=carry_out,
    take_back=take_back,
    is_on_person=True,
)
