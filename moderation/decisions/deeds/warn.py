"""A warning: nothing is taken away. It counts for a year."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moderation.decisions.deeds.deed import Deed
from moderation.decisions.models import Action


def carry_out(action: Action, options: dict[str, Any]) -> None:
    """The statement of reasons is the warning."""


def take_back(action: Action, by: Any) -> None:
    """It no longer counts."""


WARN = Deed(
    name="warn",
    label=_("Warn the person"),
    done=_("This is a warning. Nothing was taken from you."),
    logged=_("warned a member"),
    icon="alert-triangle",
    carry_out=carry_out,
    take_back=take_back,
    is_on_person=True,
    takes=False,
)
