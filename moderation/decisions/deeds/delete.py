"""Deleting a post: as hiding, and readers and search engines are told that its address is gone."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moderation.decisions.deeds import hide
from moderation.decisions.deeds.deed import Deed
from moderation.decisions.models import Action


def carry_out(action: Action, options: dict[str, Any]) -> None:
    """It can be undone like a hiding, until nobody may undo it any longer."""
    hide.carry_out(action, {"for_good": True})


DELETE = Deed(
    name="delete",
    label=_("Delete the post"),
    done=_("Your post was deleted."),
    logged=_("deleted a post"),
    icon="trash",
    carry_out=carry_out,
    take_back=hide.take_back,
)
