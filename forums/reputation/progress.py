"""Where somebody stands on the way to the next level: for their own eyes."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.people.models import Person
from community.people.trust import HIGHEST, NAMES
from forums.reputation.measuring import measured
from forums.reputation.models import Grace
from forums.reputation.models.levels import asked_now

WORDS = {
    "points": _("points"),
    "helped": _("answers that helped for sure"),
    "people": _("people who said thanks"),
    "days": _("days with an account"),
}


@dataclass(frozen=True)
class Step:
    """One thing that the next level asks for, and how much of it is there."""

    words: Any
    have: int
    need: int

    @property
    def is_done(self) -> bool:
        return self.have >= self.need

    @property
    def shown(self) -> int:
        """Never more than is asked for, as a bar shows it."""
        return min(self.have, self.need)


@dataclass(frozen=True)
class Progress:
    """The level, what is missing for the next one, and until when the level is kept when it is at risk."""

    level: int
    steps: list[Step]
    grace: Grace | None

    @property
    def name(self) -> Any:
        return NAMES[self.level]

    @property
    def next_name(self) -> Any:
        return NAMES[self.level + 1] if self.level < HIGHEST else ""


def progress(person: Person) -> Progress | None:
    """Somebody's; None for the team, which has no levels."""
    if person.is_team:
        return None
    _plan, bars, _days = asked_now()
    have, grace = measured(person, timezone.now()), Grace.objects.filter(person=person, closed_at__isnull=True).first()
    asked = bars[person.level] if person.level < HIGHEST else None
    steps = [Step(words, getattr(have, name), getattr(asked, name)) for name, words in WORDS.items()] if asked else []
    return Progress(person.level, [step for step in steps if step.need], grace)
