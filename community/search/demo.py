"""The demo's part in the search: what moves in can be found at once, and nothing of it when it has moved out."""

from community.search.indexing import left_out
from community.search.reindexing import reindex
from community.staging import Stage


def build(stage: Stage) -> None:
    """Everything that was said is taken in at once, and nothing while it is said."""
    stage.during(left_out())
    stage.in_the_end(reindex)


def remove() -> None:
    """Asked last, when the rest is gone."""
    reindex()
