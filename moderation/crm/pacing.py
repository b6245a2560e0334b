"""How long to wait before the next try."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from moderation.crm.connectors.errors import ConnectorError, RateLimited

FIRST, LONGEST = 2.0, 900.0


def pause_after(tries: int, draw: Callable[[float, float], float] = random.uniform) -> float:
    """Full jitter: anything up to a bound that doubles from 2 s to 15 min. Never quite nothing."""
    return max(draw(0.0, min(LONGEST, FIRST * 2 ** min(tries - 1, 20))), 0.2)


def next_try(error: ConnectorError, tries: int, now: datetime) -> datetime:
    """When to try again. What the CRM asks for wins."""
    if isinstance(error, RateLimited) and error.retry_after is not None:
        return now + timedelta(seconds=error.retry_after)
    return now + timedelta(seconds=pause_after(tries))
