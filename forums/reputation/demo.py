"""The demo's standing: what its year was worth, read from what happened."""

from community.staging import Stage
from forums.reputation.settling import settle_everything


def build(stage: Stage) -> None:
    """The last act: the ledger is read from the votes, solutions and verifications of the year."""
    stage.at(stage.now, settle_everything)


def remove() -> None:
    """Nothing: lines and sums go with the people and the posts they are about."""
