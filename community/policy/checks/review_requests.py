"""The team never asks for a better or another review, nor for one to go: help has no price (AC-REV-5, AC-REV-3)."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.policy.findings import Finding, Outcome
from community.policy.ruling import Ruled, ruled

KIND = "review_request"
REVIEW_REQUESTS = ruled(
    Ruled(
        KIND, gettext_lazy("Asking for other reviews"),
        gettext_lazy("The team asks a customer to change, remove or improve a review."),
    )
)  # fmt: skip
FREE_DOORS = {"note", "import", "profile", "review", "appeal"}
BETWEEN = r"\W+(?:\w+\W+){0,4}?"
IT = r"\W+(?:\w+\W+){0,2}?(?:your|that|this|the)\W+(?:\w+\W+)?"
THING = r"(?:reviews?|ratings?|stars)\b"
GOOD = r"(?:more|better|higher|positive|good|great|nice|five|5|full)"
SACHE = r"(?:bewertung(?:en)?|rezension(?:en)?|sterne?)\b"
GUT = r"(?:mehr|bessere?|höhere?|positive|gute|fünf|5)"

RULES: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "change": rf"\b(?:change|update|edit|revise|rethink|reconsider|improve|raise|increase|adjust){IT}{THING}",
        "remove": rf"\b(?:remove|delete|withdraw|take down|take back|retract){IT}{THING}",
        "praise": rf"\b(?:give|leave|write|post|want|deserve|appreciate|hope for){BETWEEN}{GOOD}[\s-]+{THING}",
        "return": rf"\bin (?:return|exchange) for{BETWEEN}{THING}",
        "ändern": rf"\b{SACHE}{BETWEEN}(?:ändern|anpassen|überdenken|überarbeiten|verbessern|erhöhen)\b"
        rf"|\b(?:ändern|ändere|überdenken|überarbeiten|verbessern){BETWEEN}{SACHE}",
        "löschen": rf"\b{SACHE}{BETWEEN}(?:löschen|entfernen|zurückziehen|zurücknehmen)\b",
        "loben": rf"\b(?:geben|gib|hinterlassen|schreiben){BETWEEN}{GUT}\s+{SACHE}",
    }.items()
}
"""What counts as asking, by name. Forms that ask customers for reviews are held to the same list."""

PRAISE: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "stars": r"\b(?:[345]|three|four|five|full|top|best)[\s-]*stars?\b|\b(?:[345]|vier|fünf|volle)[\s-]*sternen?\b",
        "praise": r"\b(?:positive(?:ly)?|favou?rable|glowing|praise|rave|lobend\w*|positive[nrs]?|begeistert\w*)\b",
        "good": rf"\b{GOOD}[\s-]+{THING}|\b{GUT}\s+{SACHE}",
        "if liked": rf"\bif you (?:like|love|enjoy)\w*{BETWEEN}(?:review|rate|recommend)\w*",
    }.items()
}
"""What a campaign may not say: its reward would depend on what somebody writes."""


def asked_for(text: str) -> re.Match[str] | None:
    """The first words that ask for a review to be different; None when there are none."""
    found = (rule.search(text) for rule in RULES.values())
    return next((match for match in found if match), None)


def praise_in(text: str) -> re.Match[str] | None:
    """The first words that make a reward depend on what a review says, or ask for another review; None without any."""
    found = (rule.search(text) for rule in PRAISE.values())
    return next((match for match in found if match), None) or asked_for(text)


def review_requests(text: str, by: Any, where: str) -> Iterable[Finding]:
    """The team's own words, in public and in private. A supervisor may approve a wording, with a reason."""
    if by is None or not by.is_team or where in FREE_DOORS:
        return
    if match := asked_for(text):
        sentence = _(
            "“%(words)s” reads as if it asked for another review. We help whatever somebody has written, and never ask "
            "for that. A supervisor can approve the wording with a reason."
        )
        yield Finding(
            "review_request", Outcome.REFUSE, sentence % {"words": match[0]}, *match.span(), KIND, offers=("approve",)
        )
