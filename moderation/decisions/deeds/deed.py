"""A deed: how one kind of action is carried out, taken back, and told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moderation.decisions.models import Action

CarryOut = Callable[[Action, dict[str, Any]], None]
TakeBack = Callable[[Action, Any], None]


@dataclass(frozen=True)
class Deed:
    """One kind. `carry_out` calls verbs of the other wings and keeps in `action.details` what `take_back` needs."""

    name: str
    label: Any  # what a moderator presses
    done: Any  # what the person reads: "Your post was hidden."
    logged: Any  # what everybody reads in the log: "hid a post"
    icon: str
    carry_out: CarryOut
    take_back: TakeBack
    is_on_person: bool = False
    takes: bool = True  # whether it takes something for as long as it stands; a warning does not
    others: tuple[type[Any], ...] = ()  # objects beside posts on which it can be done


def reason_of(action: Action) -> str:
    """Why, for the verbs that keep a reason: the rule and the facts."""
    decision = action.decision
    return f"{decision.rule.title}: {decision.facts}"[:500] if decision.rule else decision.facts[:500]
