"""Why a review waits, or was refused, in words for its writer, which name the kind of a sign and nobody else."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy, ngettext

from community.events.models import Event
from community.events.verbs import Verb
from community.policy.checks.personal_data import found
from forums.reviews.models.policy import ReviewPolicy
from forums.threads.models import Hiding

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
    held = events_of(review, Verb.POST_HELD).order_by("-pk").first()
    kinds = [KINDS[name] for name in rules_of(held) if name in KINDS] if held else []
    return ExtraCheck(kinds, ReviewPolicy.objects.in_force().held_for_hours) if kinds else None


def cleared_signals(review: Any) -> set[str]:
    """Signs for which it waited before, and which somebody found harmless: they do not hold it again."""
    published = events_of(review, Verb.POST_PUBLISHED).order_by("-pk").first()
    if published is None:
        return set()
    return {name for held in events_of(review, Verb.POST_HELD).filter(pk__lt=published.pk) for name in rules_of(held)}


def events_of(review: Any, verb: str) -> Any:
    """What happened to its text."""
    kind = ContentType.objects.get_for_model(review.opening)
    return Event.objects.filter(subject_type=kind, subject_id=review.opening.pk, verb=verb)


def rules_of(held: Event) -> list[str]:
    """Which rules made it wait."""
    return [rule["rule"] for rule in held.details.get("rules", [])]


@dataclass(frozen=True)
class Refused:
    """Why the team took it out of sight, and its text in pieces: those that are private details are marked."""

    reason: str
    pieces: list[tuple[str, bool]]

    @property
    def is_marked(self) -> bool:
        return any(is_marked for _piece, is_marked in self.pieces)


def refused_text(review: Any) -> Refused | None:
    """What its writer has to put right; None unless the team took it out of sight, and not for good."""
    hiding = Hiding.objects.filter(post=review.opening, is_for_good=False).first()
    return Refused(hiding.reason, pieces_of(review.opening.source)) if hiding else None


def pieces_of(text: str) -> list[tuple[str, bool]]:
    """The text cut where private details begin and end."""
    pieces, at = [], 0
    for start, end in sorted((start, end) for _kind, start, end in found(text)):
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [*pieces, (text[at:], False)]
