"""The description names each shape once: two of one name would hide each other."""

from collections import defaultdict
from dataclasses import fields, is_dataclass
from typing import get_args

from community.api.describing import described
from community.api.shapes import Many, hints_of


def shapes_in(kind, found: set[type]) -> set[type]:
    """A type with all that stands in it."""
    kind = kind.kind if isinstance(kind, Many) else kind
    if isinstance(kind, type) and is_dataclass(kind) and kind not in found:
        found.add(kind)
        for field in fields(kind):
            shapes_in(hints_of(kind)[field.name], found)
    for inner in get_args(kind):
        shapes_in(inner, found)
    return found


def test_no_two_shapes_have_the_same_name():
    named = defaultdict(set)
    for one in described():
        for shape in shapes_in(one.operation.answers, set()):
            named[shape.__name__].add(shape.__module__)
    assert {name: sorted(where) for name, where in named.items() if len(where) > 1} == {}
