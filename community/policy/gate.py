"""The one gate for all content: web, mail, import, edit, title and profile pass here before they are published."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from community.policy.checks import CHECKS
from community.policy.checks.personal_data import looks_like
from community.policy.checks.words import cover, words
from community.policy.counting import count_hit
from community.policy.doors import Door, door_named
from community.policy.findings import Finding, Outcome
from community.policy.models import State
from community.policy.models.hit import KEPT
from community.policy.ruling import CHECKED, rule_of, rules_read
from community.refusals import Refusal
from community.text.markdown import LONGEST

__all__ = ["Finding", "Outcome", "Verdict", "check"]


@dataclass(frozen=True)
class Verdict:
    """The gate's answer about one text."""

    findings: list[Finding] = field(default_factory=list)
    where: str = "edit"

    @property
    def outcome(self) -> Outcome:
        """The strictest of what the checks want."""
        outcomes = {finding.outcome for finding in self.findings}
        return next((o for o in (Outcome.REFUSE, Outcome.HOLD) if o in outcomes), Outcome.PUBLISH)

    @property
    def stops(self) -> bool:
        """Not to be seen by anybody yet: where nobody can be asked to write anew, what is refused waits as well."""
        return self.outcome in (Outcome.HOLD, Outcome.REFUSE)

    @property
    def is_held(self) -> bool:
        return self.outcome is Outcome.HOLD

    def __or__(self, other: "Verdict") -> "Verdict":
        """What both say of the same text."""
        return Verdict([*self.findings, *other.findings], self.where)

    @property
    def held_because(self) -> dict[str, Any]:
        """For the event of a held text: the checks, the rules with their versions, and the door."""
        holding = [finding for finding in self.findings if finding.outcome is not Outcome.PUBLISH]
        told = {"reasons": [finding.check for finding in holding], "rules": [finding.told for finding in holding]}
        return told | {"door": self.where}

    @property
    def hints(self) -> dict[str, Any]:
        """For the event of a published text: what somebody should look at all the same."""
        found = [finding.told for finding in self.findings if finding.outcome is Outcome.HINT]
        return {"hints": found} if found else {}

    def cover(self, text: str) -> str:
        """The text, or a part of it, with the words blacked out that a rule wants covered."""
        return cover(text, self.findings)

    def enforce(self) -> "Verdict":
        """Raise a Refusal when the text may not be published; return the verdict otherwise.

        Where nothing can wait for a look (a profile, a tag), what would be held is refused with the same reason.

        The refusal's details hold the findings, and for personal data the ways out: `black_out`, `send_privately`,
        and `keep` where it may be no personal data at all.
        """
        door = door_named(self.where)
        stops = {Outcome.REFUSE} if door.holds else {Outcome.REFUSE, Outcome.HOLD}
        refused = [f for f in self.findings if f.outcome in stops or (f.kind == "cover" and not door.covers)]
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


def check(text: str, *, by: Any, where: str, keep: Collection[str] = (), title: str = "") -> Verdict:
    """Ask every check about a text that `by` wants to publish `where`.

    `where` is the door, one of `DOORS`. `title` stands above the text, and findings count from its beginning.
    `keep` names kinds of personal data that the writer says are none ("phone", "email", "order_number"), and what a
    supervisor has approved ("review_request").
    """
    door = door_named(where)
    if not text and not title:
        return Verdict(where=where)
    whole = f"{title}\n\n{text}" if title else text
    if len(whole) > LONGEST:
        reason = _("That is %(length)s characters; %(most)s is the most. Split it, or attach the long part.")
        sentence = reason % {"length": len(whole), "most": LONGEST}
        return Verdict([Finding("length", Outcome.REFUSE, sentence)], where)
    with rules_read():
        found = [finding for ask in CHECKS for finding in ask(whole, by, where)]
        kept = [finding for finding in found if finding.kind in keep and {"keep", "approve"} & {*finding.offers}]
        findings = in_force([finding for finding in found if finding not in kept], by, door)
        count_kept(kept, by, door)
    return Verdict([*findings, *words(whole, by, door, title_ends=len(title))], where)


def in_force(findings: list[Finding], by: Any, door: Door) -> list[Finding]:
    """What stands of the findings: in the shadow a check counts and does nothing, and off it does not even count."""
    standing: list[Finding] = []
    rules = {key: rule_of(key) for key in dict.fromkeys(finding.check for finding in findings) if key in CHECKED}
    for key, rule in rules.items():
        if rule.state != State.OFF:
            count_hit(rule, by, door, next(finding.outcome for finding in findings if finding.check == key))
    for finding in findings:
        if finding.check not in rules:
            standing.append(finding)
        elif rules[finding.check].state == State.ON:
            standing.append(replace(finding, version=rules[finding.check].version))
    return standing


def count_kept(kept: list[Finding], by: Any, door: Door) -> None:
    """What its writer says is no such thing, or a supervisor has approved: the check was wrong."""
    for key in dict.fromkeys(finding.check for finding in kept):
        if (rule := rule_of(key)).state != State.OFF:
            count_hit(rule, by, door, KEPT)
