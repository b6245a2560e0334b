"""Banning: out for good. Who comes back under another name is shown to the moderators."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.decisions.deeds import suspend
from moderation.decisions.deeds.deed import Deed
from moderation.decisions.evasion import marks_of
from moderation.decisions.models import Action, Ban


def carry_out(action: Action, options: dict[str, Any]) -> None:
    """Keep them out, and what would show that they are back. Read first, for it ends their sessions."""
    marks = marks_of(action.person)
    suspend.keep_out(action, None)
    action.details["ban"] = Ban.objects.create(person=action.person, marks=marks).pk


def take_back(action: Action, by: Any) -> None:
    """They are welcome again, under any name."""
    Ban.objects.filter(pk=action.details.get("ban")).update(lifted_at=timezone.now())
    suspend.take_back(action, by)


BAN = Deed(
    name="ban",
    label=_("Ban the person"),
    done=_("Your account is closed for good."),
    logged=_("banned a member"),
    icon="ban",
    carry_out=carry_out,
    take_back=take_back,
    is_on_person=True,
)
