"""The formulas behind the stars, in one place: the page that explains them and the numbers themselves use the same."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import sqrt

STARS = (5, 4, 3, 2, 1)
SURE = 1.959964
"""How sure the order of helpfulness is: 95 of 100 times (z of the normal distribution)."""


def rounded(value: Fraction | float, places: int = 1) -> Decimal:
    """A number as it is shown: halves go up."""
    exact = Fraction(value)
    number = Decimal(exact.numerator) / Decimal(exact.denominator)
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def mean(histogram: Sequence[int]) -> Fraction | None:
    """The plain mean of the stars; None without any. The histogram counts one star first, five stars last."""
    total = sum(histogram)
    if not total:
        return None
    return Fraction(sum(stars * count for stars, count in enumerate(histogram, 1)), total)


def shrunken(histogram: Sequence[int], prior: Fraction, weight: int) -> Fraction:
    """The mean as if `weight` further people had given `prior` stars: few reviews move it little, many a lot."""
    stars = sum(stars * count for stars, count in enumerate(histogram, 1))
    return (prior * weight + stars) / (weight + sum(histogram))


def wilson(yes: int, no: int) -> float:
    """The least share of readers that would find it helpful, as far as these votes can tell (Wilson, lower bound)."""
    votes = yes + no
    if not votes:
        return 0.0
    share, square = yes / votes, SURE * SURE
    middle = share + square / (2 * votes)
    spread = SURE * sqrt((share * (1 - share) + square / (4 * votes)) / votes)
    return max(0.0, (middle - spread) / (1 + square / votes))


def helpfulness(yes: int, no: int) -> int:
    """The same in millionths, as lists are sorted by it."""
    return round(1_000_000 * wilson(yes, no))
