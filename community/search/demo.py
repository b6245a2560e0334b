"""The demo's part in the search: what moves in can be found at once, and nothing of it when it has moved out."""

from community.search.reindexing import reindex
from community.staging import Stage


def build(stage: Stage) -> None:
    """Nothing of its own: each thing is taken in when its event is delivered."""


def remove() -> None:
    """Asked last, when the rest is gone."""
    reindex()
