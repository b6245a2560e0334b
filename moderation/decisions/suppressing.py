"""Small counts of the public figures are not told, and nobody can reckon them from what is told beside them."""

from collections.abc import Mapping

SMALLEST = 5
"""Cells below this are not told: too few people to stay unknown."""


def told(number: int, smallest: int = SMALLEST) -> int | None:
    """The number, unless it is small. That there is nothing may be told."""
    return number if number == 0 or number >= smallest else None


def told_part(part: int, whole: int, smallest: int = SMALLEST) -> int | None:
    """A part of a whole that is told: neither the part nor what is left of the whole is small."""
    return part if told(part, smallest) is not None and told(whole - part, smallest) is not None else None


def told_cells(cells: Mapping[str, int], smallest: int = SMALLEST) -> dict[str, int | None]:
    """The cells of a table whose sum is known.

    One small cell alone would be the difference to the sum, and two that make two would be one each. So the next
    smallest cells are left out with them, until there are two or more that make at least the smallest number together.
    """
    hidden = {name for name, number in cells.items() if told(number, smallest) is None}
    rest = sorted((number, name) for name, number in cells.items() if name not in hidden and number)
    while hidden and rest and (len(hidden) < 2 or sum(cells[name] for name in hidden) < smallest):
        hidden.add(rest.pop(0)[1])
    return {name: None if name in hidden else number for name, number in cells.items()}
