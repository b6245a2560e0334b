"""Taking somebody's picture down: the drawn letter stands in its place, everywhere at once."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moderation.decisions.deeds.deed import Deed
from moderation.decisions.models import Action


def carry_out(action: Action, options: dict[str, Any]) -> None:
    """The file is kept, so that it can be put back."""
    person: Any = action.person
    action.details = {"picture": person.take_picture_down(by=action.decision.by, keeps_file=True)}


def take_back(action: Action, by: Any) -> None:
    """It stands there again, unless they have put up another one."""
    person: Any = action.person
    person.put_back_picture(action.details["picture"], by=by)


PICTURE = Deed(
    name="picture",
    label=_("Take the picture down"),
    done=_("The picture beside your name was taken down. You can put up another one."),
    logged=_("took down a picture"),
    icon="image",
    carry_out=carry_out,
    take_back=take_back,
    is_on_person=True,
)
