"""Badges, on one page: for being right and for being kind, never for writing much. `forums/reputation` awards them."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Key(models.TextChoices):
    """The badges, the rarest first."""

    SURE_HAND = "sure_hand"
    TWICE_SURE = "twice_sure"
    PATIENT = "patient"
    WARM_WELCOME = "warm_welcome"
    CAME_BACK = "came_back"
    WELL_ASKED = "well_asked"


class About(models.TextChoices):
    """What a badge is for."""

    ACCURACY = "accuracy", _("For being right")
    KINDNESS = "kindness", _("For being kind")


@dataclass(frozen=True)
class Badge:
    """One badge: its name, its mark, and what earns it."""

    name: Any
    icon: str
    about: About
    why: Any


SURE_TRIES, SURE_SHARE = 5, 60
"""Answers to solved questions that are enough to speak of a share, and how many in a hundred of them solved it."""
LONG_WAIT_DAYS = 7
CAME_BACK_TIMES = 3
WELL_ASKED_PEOPLE = 12
BESIDE_A_NAME = 2
"""How many marks stand beside a name, the rarest first."""

BADGES: dict[Key, Badge] = {
    Key.SURE_HAND: Badge(
        _("Sure hand"),
        "target",
        About.ACCURACY,
        _(
            "At least five answers to questions that were solved, and six in ten of them were what solved it. "
            "Answers that miss count against it."
        ),
    ),
    Key.TWICE_SURE: Badge(
        _("Twice sure"),
        "shield-check",
        About.ACCURACY,
        _("One answer that solved it for the person who asked and that the team verified as well."),
    ),
    Key.PATIENT: Badge(
        _("Patient"),
        "hourglass",
        About.KINDNESS,
        _("Took up a question that nobody had answered for a week, and solved it."),
    ),
    Key.WARM_WELCOME: Badge(
        _("Warm welcome"),
        "heart",
        About.KINDNESS,
        _("Solved the very first question that somebody asked here."),
    ),
    Key.CAME_BACK: Badge(
        _("Came back"),
        "undo",
        About.KINDNESS,
        _("Came back three times to say which answer of somebody else solved it, so that others find it."),
    ),
    Key.WELL_ASKED: Badge(
        _("Well asked"),
        "lightbulb",
        About.ACCURACY,
        _("Asked a question so well that twelve other people found it worth asking."),
    ),
}


def marks(kept: str) -> list[tuple[str, Badge]]:
    """The badges that stand beside a name, from the keys kept with the person."""
    return [(key, BADGES[Key(key)]) for key in kept.split() if key in Key]
