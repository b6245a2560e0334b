"""Locking a thread: it stays to be read, and nobody adds to it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moderation.decisions.deeds.deed import Deed, reason_of
from moderation.decisions.deeds.hide import post_of
from moderation.decisions.models import Action


def carry_out(action: Action, options: dict[str, Any]) -> None:
    """The thread of the post. One that is locked stays locked, also when this is taken back."""
    thread = post_of(action).thread.home
    action.details = {"was_locked": thread.is_locked}
    thread.lock(by=action.decision.by, rule=action.decision.machine, reason=reason_of(action))


def take_back(action: Action, by: Any) -> None:
    """Replies are welcome again."""
    if not action.details.get("was_locked"):
        post_of(action).thread.home.unlock(by=by)


LOCK = Deed(
    name="lock",
    label=_("Lock the thread"),
    done=_("The thread was locked: it can be read, and nothing can be added."),
    logged=_("locked a thread"),
    icon="lock",
    carry_out=carry_out,
    take_back=take_back,
)
