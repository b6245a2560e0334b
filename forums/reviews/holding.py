"""The extra check: why a review waits, in words for its writer, which name the kind of a signal and nobody else."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from community.events.models import Event
from community.events.verbs import Verb
from forums.reviews.models.policy import ReviewPolicy

KINDS = {
    "reviews:burst": gettext_lazy("unusually many reviews of this product arrived at once"),
    "reviews:device": gettext_lazy("others reviewed it from the same device"),
    "reviews:network": gettext_lazy("others reviewed it from the same network"),
    "reviews:words": gettext_lazy("its words are much like those of another review"),
    "reviews:new_account": gettext_lazy("the account is new"),
}


@dataclass(frozen=True)
class ExtraCheck:
    """What the writer of a held review is told."""

    kinds: list[Any]
    hours: int

    @property
    def days(self) -> int:
        return max(1, round(self.hours / 24))

    @property
    def sentence(self) -> str:
        """Why, and for how long."""
        told = ngettext("Extra check, up to %(n)s day: %(why)s.", "Extra check, up to %(n)s days: %(why)s.", self.days)
        return told % {"n": self.days, "why": ", ".join(map(str, self.kinds))}


def extra_check(review: Any) -> ExtraCheck | None:
    """The check that this review waits for; None when it is out of sight for another reason."""
    if not review.opening.is_held:
        return None
    held = Event.objects.filter(verb=Verb.POST_HELD, subject_id=review.opening.pk).order_by("-pk").first()
    rules = [rule["rule"] for rule in held.details.get("rules", [])] if held else []
    kinds = [KINDS[name] for name in rules if name in KINDS]
    return ExtraCheck(kinds, ReviewPolicy.objects.in_force().held_for_hours) if kinds else None
