"""How good a score is: precision, recall and F1 at a cut, and the cut that keeps false alarms rare."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moderation.learning.classifier import Classifier, Example, Seen, fit
from moderation.learning.features import features

WANTED_PRECISION = 0.93
"""Of what is pointed at: above the goal, because examples to come differ from those at hand."""
FOLDS = 4

Scored = tuple[float, bool]


@dataclass(frozen=True)
class Quality:
    """What came of a cut: how much of what was pointed at was right, and how much of what there is was found."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def quality(scored: Iterable[Scored], cut: float) -> Quality:
    """At this cut."""
    right = wrong = missed = 0
    for score, is_so in scored:
        right += score >= cut and is_so
        wrong += score >= cut and not is_so
        missed += score < cut and is_so
    return Quality(right, wrong, missed)


def best_cut(scored: Sequence[Scored], wanted: float = WANTED_PRECISION) -> float:
    """The cut with the best F1 among those that are precise enough; the most precise one where none is."""
    cuts = [step / 100 for step in range(20, 100)]
    rows = [(cut, quality(scored, cut)) for cut in cuts]
    precise = [(found.f1, -cut) for cut, found in rows if found.precision >= wanted and found.right]
    if precise:
        return -max(precise)[1]
    return max((found.precision, found.f1, cut) for cut, found in rows)[2]


def held_out(seen: Sequence[Seen]) -> list[Scored]:
    """Each example scored by a classifier that has not seen it."""
    scored: list[Scored] = []
    parts = [[*spam, *rest] for spam, rest in zip(*(in_parts(seen, is_so) for is_so in (True, False)), strict=True)]
    for part in parts:
        model = fit([row for other in parts if other is not part for row in other])
        scored += [(model.of(found), is_so) for found, is_so in part]
    return scored


def in_parts(seen: Sequence[Seen], is_so: bool) -> list[list[Seen]]:
    """The examples of one kind in parts of the same size: each part of all examples has its share of both kinds."""
    rows = [row for row in seen if row[1] == is_so]
    return [rows[first::FOLDS] for first in range(FOLDS)]


def trained(examples: Sequence[Example]) -> tuple[Classifier, float, Quality]:
    """A classifier of all examples, the cut to use, and what to expect of both: measured on what was held out."""
    seen = [(features(text), is_so) for text, is_so in examples]
    scored = held_out(seen)
    cut = best_cut(scored)
    return fit(seen), cut, quality(scored, cut)
