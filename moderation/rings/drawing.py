"""The graph of a ring: people on a circle, lines between them as thick as the votes that went both ways."""

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from moderation.rings.models import Ring

SIZE, RADIUS, DOT = 360, 128, 22
THICKEST = 10


@dataclass(frozen=True)
class Dot:
    """One person."""

    name: str
    x: int
    y: int
    label_y: int


@dataclass(frozen=True)
class Line:
    """Votes between two people, both ways."""

    x1: int
    y1: int
    x2: int
    y2: int
    width: int
    votes: int


@dataclass(frozen=True)
class Graph:
    """All of it, as an SVG needs it."""

    dots: list[Dot]
    lines: list[Line]
    size: int = SIZE
    radius: int = DOT


def graph_of(ring: Ring, names: dict[int, str]) -> Graph:
    """Places for all, in the order of the members."""
    places = {pk: place(number, len(ring.people)) for number, pk in enumerate(ring.people)}
    both: dict[tuple[int, int], int] = {}
    for giver, receiver, n in ring.pairs:
        pair = (min(giver, receiver), max(giver, receiver))
        both[pair] = both.get(pair, 0) + n
    most = max(both.values(), default=1)
    lines = [
        Line(*places[one], *places[other], max(1, round(THICKEST * n / most)), n) for (one, other), n in both.items()
    ]
    dots = [Dot(names.get(pk, "?"), x, y, label_below(y)) for pk, (x, y) in places.items()]
    return Graph(dots, lines)


def place(number: int, of: int) -> tuple[int, int]:
    """A place on the circle, the first on top."""
    angle = 2 * pi * number / of - pi / 2
    return round(SIZE / 2 + RADIUS * cos(angle)), round(SIZE / 2 + RADIUS * sin(angle))


def label_below(y: int) -> int:
    """Names stand above people in the upper half and below those in the lower."""
    return y - DOT - 8 if y < SIZE / 2 else y + DOT + 18


def table_of(ring: Ring, names: dict[int, str]) -> list[dict[str, Any]]:
    """The same as rows: who voted for whom how often."""
    counted = {(giver, receiver): n for giver, receiver, n in ring.pairs}
    return [
        {"name": names.get(giver, "?"), "cells": [counted.get((giver, receiver), 0) for receiver in ring.people]}
        for giver in ring.people
    ]
