"""The one gate for all content: web, mail, import, edit, title and profile pass here before they are published."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from community.policy.checks import CHECKS
from community.policy.checks.personal_data import looks_like
from community.policy.findings import Finding, Outcome
from community.refusals import Refusal
from community.text.markdown import LONGEST

__all__ = ["Finding", "Outcome", "Verdict", "check"]


@dataclass(frozen=True)
class Verdict:
    """The gate's answer about one text."""

    findings: list[Finding] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """The strictest of what the checks want."""
        outcomes = {finding.outcome for finding in self.findings}
        return next((o for o in (Outcome.REFUSE, Outcome.HOLD) if o in outcomes), Outcome.PUBLISH)

    @property
    def is_held(self) -> bool:
        return self.outcome is Outcome.HOLD

    def __or__(self, other: "Verdict") -> "Verdict":
        """What both say of the same text."""
        return Verdict([*self.findings, *other.findings])

    def enforce(self) -> "Verdict":
        """Raise a Refusal when the text may not be published; return the verdict otherwise.

        The refusal's details hold the findings, and for personal data the ways out: `black_out`, `send_privately`,
        and `keep` where it may be no personal data at all.
        """
        refused = [finding for finding in self.findings if finding.outcome is Outcome.REFUSE]
        if not refused:
            return self
        first = refused[0]
        sentence = " ".join(dict.fromkeys(_reasons(refused)))
        offers = [offer for offer in OFFERS if all(offer in finding.offers for finding in refused)]
        raise Refusal(sentence, code=first.check, status=first.status, findings=refused, offers=offers)


def _reasons(refused: list[Finding]) -> Iterator[str]:
    """Why, once each: kinds of personal data are named in one sentence."""
    kinds = list(dict.fromkeys(finding.kind for finding in refused if finding.check == "personal_data"))
    for finding in refused:
        yield looks_like(*kinds) if finding.check == "personal_data" else finding.reason


OFFERS = ("black_out", "send_privately", "keep")


def check(text: str, *, by: Any, where: str, keep: Collection[str] = ()) -> Verdict:
    """Ask every check about a text that `by` wants to publish `where`.

    `where` is the door: question, answer, comment, edit, mail, import, profile, note, message.
    `keep` names kinds of personal data that the writer says are none ("phone", "email", "order_number"), and what a
    supervisor has approved ("review_request").
    """
    if len(text) > LONGEST:
        reason = _("That is %(length)s characters; %(most)s is the most. Split it, or attach the long part.")
        sentence = reason % {"length": len(text), "most": LONGEST}
        return Verdict([Finding("length", Outcome.REFUSE, sentence)])
    findings = [finding for ask in CHECKS for finding in ask(text, by, where)]
    kept = [finding for finding in findings if finding.kind in keep and {"keep", "approve"} & {*finding.offers}]
    return Verdict([finding for finding in findings if finding not in kept])
