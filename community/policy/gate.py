"""The one gate for all content: web, mail, import, edit, title and profile pass here before they are published."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from community.refusals import Refusal


class Outcome(StrEnum):
    """What happens to the text."""

    PUBLISH = "publish"
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Finding:
    """One thing a check noticed: what it wants done, why (a sentence for the person), and where in the text."""

    check: str
    outcome: Outcome
    reason: str
    start: int = 0
    end: int = 0
    kind: str = ""


@dataclass(frozen=True)
class Verdict:
    """The gate's answer about one text."""

    findings: list[Finding] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        outcomes = {finding.outcome for finding in self.findings}
        return next((o for o in (Outcome.REFUSE, Outcome.HOLD) if o in outcomes), Outcome.PUBLISH)

    @property
    def is_held(self) -> bool:
        return self.outcome is Outcome.HOLD

    def enforce(self) -> "Verdict":
        """Raise a Refusal when the text may not be published; return the verdict otherwise."""
        if self.outcome is Outcome.REFUSE:
            refused = [finding for finding in self.findings if finding.outcome is Outcome.REFUSE]
            raise Refusal(" ".join(dict.fromkeys(f.reason for f in refused)), code=refused[0].check, status=422, findings=refused)
        return self


def check(text: str, *, by: Any, where: str) -> Verdict:
    """Ask every check about a text that `by` wants to publish `where` ("question", "answer", "edit", "mail", "profile" …)."""
    return Verdict()
