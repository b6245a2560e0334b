"""Taking votes that were given by arrangement out of the count: points, badges and counters follow."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from community.refusals import Refusal
from forums.threads.models import Vote
from forums.threads.voiding import reinstate, void
from moderation.decisions.deeds.deed import Deed, reason_of
from moderation.decisions.models import Action


def carry_out(action: Action, options: dict[str, Any]) -> None:
    """The object of the case names the votes. Those that others gave, and those given to others, still count."""
    reviewed = action.decision.case.reviewed
    named = getattr(reviewed, "vote_ids", None)
    if named is None:
        raise Refusal(_("There are no votes in this case."), code="not_possible", status=422)
    votes = list(Vote.objects.filter(pk__in=named, voiding=None))
    action.details["votes"] = [vote.pk for vote in votes]
    void(votes, by=action.decision.by, rule=action.decision.machine, reason=reason_of(action))


def take_back(action: Action, by: Any) -> None:
    """They count again."""
    reinstate(Vote.objects.filter(pk__in=action.details["votes"]), by=by)


VOID_VOTES = Deed(
    name="void_votes",
    label=_("Reverse the votes"),
    done=_("Votes that you and others gave one another no longer count, nor do the points they brought."),
    logged=_("reversed votes that people gave one another"),
    icon="rotate-ccw",
    carry_out=carry_out,
    take_back=take_back,
    is_on_person=True,
)
