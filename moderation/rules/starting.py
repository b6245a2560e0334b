"""Rules to start from: what most communities want, to be filled with one's own words. They begin in the shadow."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

LATER = _("Somebody of the team looks at it first, usually within a few hours.")


@dataclass(frozen=True)
class Start:
    """One beginning."""

    key: str
    label: Any
    about: Any
    kind: str
    pattern: str
    action: str
    reason: Any

    @property
    def initial(self) -> dict[str, Any]:
        """What the form begins with."""
        fields = {"kind": self.kind, "pattern": self.pattern, "action": self.action}
        return fields | {"name": str(self.label), "reason": str(self.reason), "state": "shadow"}


STARTS = [
    Start(
        "insults", _("Insults"), _("Held until somebody has looked. Fill in the words of your language."),
        "words", "idiot\nmoron\nscumbag*", "hold", LATER,
    ),
    Start(
        "coupons", _("Coupons and referral links"), _("An expression that finds codes and links with a referrer."),
        "regex", r"\b(?:coupon|promo|referral)\s+code\b|[?&](?:ref|aff)=\w+", "hold", LATER,
    ),
    Start(
        "fake_support", _("False support numbers"), _("“Call our toll-free support”: a well-known fraud."),
        "words", "toll free\nsupport number\ncustomer care number", "refuse",
        _("Support numbers stand on our contact page only. Fraudsters post others."),
    ),
    Start(
        "safety", _("Danger"), _("Published at once, and looked at soon: heat, smoke, injuries."),
        "words", "caught fire\nsmok*\nburn*\nswollen battery\nelectric shock", "hint",
        _("Published. The team looks at reports like this first."),
    ),
    Start(
        "swearing", _("Swear words"), _("Blacked out; the rest is published."),
        "words", "damn\nbloody hell", "cover", _("We black swear words out."),
    ),
]  # fmt: skip


def start_named(key: str) -> Start | None:
    """The beginning of this name."""
    return next((start for start in STARTS if start.key == key), None)
