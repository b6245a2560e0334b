"""Times that were measured, in a word."""

from collections.abc import Sequence


def within(times: Sequence[float], share: float) -> float:
    """In how long this share of them was done; endless when nothing was."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))] if times else float("inf")
