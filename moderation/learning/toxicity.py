"""How much a text reads like an insult: a linear model over words that came with the product (`data/README.md`)."""

import gzip
import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).parent / "data" / "toxicity.tsv.gz"
CUT = 0.3
"""Fewer than one ordinary support question in a hundred scores as high."""
LONGEST = 8_000
WORD = re.compile(r"\b\w\w+\b")
ENGLISH = frozenset(
    """the and to of is it in that you for are on with this not have but my be was they can so do at if your just what
    an or has when no from we all me""".split()  # noqa: SIM905 - reads as a text
)
OTHERS = frozenset(
    """der die und ist nicht das ich es ein eine mit auf sie den zu von wie auch sind für dass le la les et est pas je
    un une des que en ne vous ce pour il dans el los que se del las por una con para su di che non sono per mi si da
    het een en niet ik van dat op te met voor zijn maar o os um uma não de da em com na""".split()  # noqa: SIM905
)
"""Small words of the languages that are written here most. The model knows English only: "die" is German, too."""


@dataclass(frozen=True)
class Words:
    """How rare each word is and what it weighs, and the curve that makes a likelihood of the sum."""

    known: dict[str, tuple[float, float]]
    bias: float
    slope: float
    shift: float


@cache
def words() -> Words:
    """Read once in each process, when it is first asked."""
    first, *lines = gzip.decompress(WEIGHTS.read_bytes()).decode().splitlines()
    _sign, _b, bias, _a, slope, _s, shift = first.split()
    rows = (line.split("\t") for line in lines)
    return Words({word: (float(rare), float(weight)) for word, rare, weight in rows}, *map(float, (bias, slope, shift)))


def pulls(text: str) -> dict[str, float]:
    """What each known word of the text adds to the sum; rare words count more, long texts not."""
    known, found = words().known, dict[str, float]()
    for word in WORD.findall(text[:LONGEST].lower()):
        if word in known:
            found[word] = found.get(word, 0.0) + known[word][0]
    length = math.sqrt(sum(value * value for value in found.values())) or 1.0
    return {word: value / length * known[word][1] for word, value in found.items()}


def is_foreign(text: str) -> bool:
    """Whether its small words are those of another language."""
    found = [word.lower() for word in re.findall(r"[^\W\d_]+", text[:LONGEST])]
    return sum(word in OTHERS for word in found) > sum(word in ENGLISH for word in found)


def toxicity(text: str) -> float:
    """Between 0 and 1; 0 for what is not English."""
    if is_foreign(text):
        return 0.0
    model = words()
    z = model.slope * (sum(pulls(text).values()) + model.bias) + model.shift
    return 1 / (1 + math.exp(max(-30.0, min(30.0, z))))


def strongest(text: str, most: int = 3) -> list[str]:
    """The words that made it so."""
    found = pulls(text)
    return [word for word in sorted(found, key=lambda word: -found[word]) if found[word] > 0.3][:most]
