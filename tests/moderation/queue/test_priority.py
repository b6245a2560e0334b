"""AC-AGENT-4: the order explains itself, and nobody waits for ever."""

import random
from datetime import UTC, datetime, timedelta

from moderation.queue.models import Item
from moderation.queue.priority import explain, ranks_at, score

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def waiting(minutes: float, *signals: str) -> Item:
    return Item(waiting_since=NOON - timedelta(minutes=minutes), signals=list(signals))


def test_the_terms_are_five_and_their_sum_is_the_score():
    item = waiting(48, "personal_data")
    terms = explain(item, NOON)
    assert [term.name for term in terms] == ["waited", "severity", "same_problem", "loyalty", "influence"]
    assert [round(term.points, 6) for term in terms] == [32, 20, 0, 0, 0]
    assert score(item, NOON) == sum(term.points for term in terms) == 52


def test_a_long_wait_is_told_in_hours_and_in_days():
    told = [explain(waiting(minutes), NOON)[0].reason for minutes in (48, 179, 180, 1946, 2880)]
    assert told == [
        "waited 48 of 60 min", "waited 179 of 60 min", "waited 3 h, target 60 min", "waited 32 h, target 60 min",
        "waited 2 days, target 60 min",
    ]  # fmt: skip


def test_the_gravest_signal_counts():
    assert score(waiting(0, "reopened", "safety", "personal_data"), NOON) == 40


def test_the_kept_moment_orders_like_the_score_whenever_one_looks():
    chance = random.Random(7)
    kinds = [[], ["reopened"], ["personal_data"], ["safety"]]
    items = [waiting(chance.uniform(0, 600), *chance.choice(kinds)) for _ in range(500)]
    by_kept = sorted(items, key=ranks_at)
    for moment in (NOON, NOON + timedelta(hours=9)):
        assert by_kept == sorted(items, key=lambda item: -score(item, moment))


def test_danger_overtakes_by_an_hour_and_not_by_more():
    danger = waiting(0, "safety")
    assert ranks_at(danger) < ranks_at(waiting(59.9))
    assert ranks_at(danger) > ranks_at(waiting(60.1))
