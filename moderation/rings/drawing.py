"""The graph of a ring: people on a circle, lines between them as thick as the votes that went both ways."""

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from moderation.rings.models import Ring

SIZE, RADIUS, DOT = 360, 128, 22
BESIDE = 105
"""Room for names to the left and the right of the circle."""
THICKEST = 10


@dataclass(frozen=True)
class Dot:
    """One person."""

    name: str
    x: int
    y: int

    @property
    def side(self) -> str:
        """Where its name stands, so that no line runs through it: away from the middle."""
        if abs(self.x - SIZE / 2) < RADIUS / 3:
            return "above" if self.y < SIZE / 2 else "below"
        return "left" if self.x < SIZE / 2 else "right"

    @property
    def label_x(self) -> int:
        return self.x + {"left": -DOT - 8, "right": DOT + 8}.get(self.side, 0)

    @property
    def label_y(self) -> int:
        return self.y + {"above": -DOT - 8, "below": DOT + 22}.get(self.side, 7)


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
    frame: str = f"{-BESIDE} 0 {SIZE + 2 * BESIDE} {SIZE}"
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
    dots = [Dot(names.get(pk, "?"), x, y) for pk, (x, y) in places.items()]
    return Graph(dots, lines)


def place(number: int, of: int) -> tuple[int, int]:
    """A place on the circle, the first on top."""
    angle = 2 * pi * number / of - pi / 2
    return round(SIZE / 2 + RADIUS * cos(angle)), round(SIZE / 2 + RADIUS * sin(angle))


def table_of(ring: Ring, names: dict[int, str]) -> list[dict[str, Any]]:
    """The same as rows: who voted for whom how often."""
    counted = {(giver, receiver): n for giver, receiver, n in ring.pairs}
    return [
        {"name": names.get(giver, "?"), "cells": [counted.get((giver, receiver), 0) for receiver in ring.people]}
        for giver in ring.people
    ]
