"""Words: what moderators want held, refused, looked at or covered. A rule in the shadow counts and does nothing."""

import logging
from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community.policy.counting import count_hit
from community.policy.doors import Door, Part
from community.policy.findings import Finding, Outcome
from community.policy.matching import OutOfTime
from community.policy.models import WordRule
from community.prepared import PreparedRow

log = logging.getLogger(__name__)
OUTCOMES = {
    WordRule.Action.HINT: Outcome.HINT,
    WordRule.Action.HOLD: Outcome.HOLD,
    WordRule.Action.REFUSE: Outcome.REFUSE,
    WordRule.Action.COVER: Outcome.PUBLISH,
}
BLACK = "█"
FOUND = _("Words of the rule “%(rule)s”")
at_work = PreparedRow(WordRule.objects.at_work)


def words(text: str, by: Any, door: Door, *, title_ends: int) -> list[Finding]:
    """A finding for each place at which a rule in force finds its words. The title ends at `title_ends`."""
    if not door.is_watched:
        return []
    findings: list[Finding] = []
    for rule in at_work.all():
        spans = [span for span in found_by(rule, text) if part_at(span, door, title_ends) in rule.parts]
        if not spans:
            continue
        count_hit(rule, by, door, rule.action)
        if not rule.is_shadow:
            findings += [finding(rule, start, end) for start, end in spans]
    return findings


def found_by(rule: WordRule, text: str) -> list[tuple[int, int]]:
    """The places; none for an expression that takes too long, which is counted and shown to its writer."""
    try:
        return rule.spans(text)
    except OutOfTime:
        WordRule.objects.filter(pk=rule.pk).update(slow_count=F("slow_count") + 1)
        log.warning("the rule of words %s ran out of time on a text of %s characters", rule.pk, len(text))
        return []


def part_at(span: tuple[int, int], door: Door, title_ends: int) -> Part:
    """Whether a place is in the title or in the text below it."""
    return Part.TITLES if span[1] <= title_ends else door.part


def finding(rule: WordRule, start: int, end: int) -> Finding:
    """What the rule says about one place: the reason is for the writer, the note for the moderators."""
    kind = "cover" if rule.action == WordRule.Action.COVER else ""
    return Finding(
        "words", OUTCOMES[WordRule.Action(rule.action)], rule.reason, start, end, kind,
        rule=rule.key, version=rule.version, points=rule.points, note=str(FOUND % {"rule": rule.name}),
    )  # fmt: skip


def cover(text: str, findings: Iterable[Finding]) -> str:
    """The text, or a part of it, with the words of covering rules blacked out."""
    wanted = {finding.rule for finding in findings if finding.kind == "cover"}
    if not wanted:
        return text
    for rule in at_work.all():
        if rule.key in wanted:
            for start, end in reversed(found_by(rule, text)):
                text = text[:start] + BLACK * (end - start) + text[end:]
    return text
