"""A small classifier of our own: logistic regression over words, learned in seconds, and able to say why.

It is trained by going over the examples some times in a fixed, mixed order, with steps that shrink for each feature the
more often that was seen (AdaGrad). The same examples always give the same weights.
"""

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moderation.learning.features import features

ROUNDS = 8
STEP = 0.6
SHRINK = 2e-6
LEAST_SEEN = 2
"""A feature of one example only says nothing about another one."""

Example = tuple[str, bool]
Seen = tuple[dict[str, float], bool]
Numbered = tuple[list[tuple[int, float]], bool]


@dataclass(frozen=True)
class Classifier:
    """Weights of features. Positive speaks for it, negative against."""

    weights: dict[str, float]
    bias: float

    def score(self, text: str) -> float:
        """Between 0 and 1: how likely it is."""
        return self.of(features(text))

    def of(self, found: dict[str, float]) -> float:
        """The same, for features that were read before."""
        known = self.weights
        return logistic(self.bias + sum(value * known.get(name, 0.0) for name, value in found.items()))

    def strongest(self, text: str, most: int = 4) -> list[str]:
        """The words that spoke for it most; pieces of words tell a moderator nothing."""
        found = features(text)
        pulls = {name: value * self.weights.get(name, 0.0) for name, value in found.items() if name[0] != "~"}
        best = sorted(pulls, key=lambda name: (-pulls[name], name))
        return [name for name in best if pulls[name] > 0.05][:most]


def logistic(z: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


def train(examples: Iterable[Example]) -> Classifier:
    """Learn from texts and whether they were spam."""
    return fit([(features(text), is_spam) for text, is_spam in examples])


def fit(seen: Sequence[Seen]) -> Classifier:
    """Learn from features. The rarer of the two kinds weighs more, so that both count alike."""
    counts: dict[str, int] = {}
    for found, _is_spam in seen:
        for name in found:
            counts[name] = counts.get(name, 0) + 1
    names = [name for name, count in counts.items() if count >= LEAST_SEEN]
    number_of = {name: number for number, name in enumerate(names)}
    rows = [([(number_of[n], v) for n, v in found.items() if n in number_of], is_spam) for found, is_spam in seen]
    positive = sum(is_spam for _found, is_spam in rows) or 1
    heavy = min(5.0, max(1.0, (len(rows) - positive) / positive))
    weights, bias = descend(rows, len(names), heavy)
    kept = {name: round(weight, 4) for name, weight in zip(names, weights, strict=True) if abs(weight) > 1e-3}
    return Classifier(kept, round(bias, 4))


def descend(rows: Sequence[Numbered], features: int, heavy: float) -> tuple[list[float], float]:
    """The weights of the features by their numbers, and the bias."""
    weights, squares = [0.0] * features, [1e-3] * features
    bias, bias_square = 0.0, 1.0
    order = list(range(len(rows)))
    chance = random.Random(7)  # noqa: S311 the order of learning is no secret, and must be the same each time
    for _round in range(ROUNDS):
        chance.shuffle(order)
        for at in order:
            found, is_spam = rows[at]
            guess = logistic(bias + sum([value * weights[number] for number, value in found]))
            fault = (guess - is_spam) * (heavy if is_spam else 1.0)
            bias_square += fault * fault
            bias -= STEP * fault / math.sqrt(bias_square)
            for number, value in found:
                weight = weights[number]
                slope = fault * value + SHRINK * weight
                squares[number] = square = squares[number] + slope * slope
                weights[number] = weight - STEP * slope / math.sqrt(square)
    return weights, bias
