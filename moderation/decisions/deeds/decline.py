"""Not publishing a change that waited for a look: what stood there before goes on standing there."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from community.policy.models import HeldChange
from moderation.decisions.deeds.deed import Deed, reason_of
from moderation.decisions.models import Action


def carry_out(action: Action, options: dict[str, Any]) -> None:
    """It is over with this change."""
    decision = action.decision
    change = HeldChange.objects.get(pk=decision.case.subject_id)
    action.details = {"change": change.pk}
    change.decline(by=decision.by, reason=reason_of(action))


def take_back(action: Action, by: Any) -> None:
    """It waits again; after an appeal that was right it is published at once."""
    HeldChange.objects.get(pk=action.details["change"]).wait_again()


DECLINE = Deed(
    name="decline",
    label=_("Do not publish it"),
    done=_("What you wanted to say there was not published. What stood there before stays."),
    logged=_("did not publish a change"),
    icon="x",
    carry_out=carry_out,
    take_back=take_back,
    others=(HeldChange,),
)
