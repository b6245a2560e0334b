"""How reviews are checked here, read from what is really set: the public page, and its earlier versions, say this."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from community.live.purging import purge
from forums.reviews import signals
from forums.reviews.insiders import SEEN_WITHIN
from forums.reviews.listing import RECENT
from forums.reviews.models import Campaign, CheckingNotice, IncentiveKind, ReviewPolicy

KEY = "review-checks"
LOCK = 7_411_064

_stated: dict[str, Callable[[], Any]] = {}


def states(name: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Register a fact that another part knows, such as the house rules by which reviews are judged."""

    def register(fact: Callable[[], Any]) -> Callable[[], Any]:
        _stated[name] = fact
        return fact

    return register


def facts() -> dict[str, Any]:
    """All that the page states, as it is set now."""
    policy = ReviewPolicy.objects.in_force()
    told = {
        "text_required": settings.REVIEW_TEXT_REQUIRED,
        "photos_from_level": settings.REVIEW_PHOTOS_FROM_LEVEL,
        "insiders": policy.insiders,
        "company_domains": sorted(settings.COMPANY_MAIL_DOMAINS),
        "partner_domains": sorted(policy.partners),
        "device_days": SEEN_WITHIN.days,
        "campaigns": sorted(set(Campaign.objects.running().order_by().values_list("kind", flat=True))),
        "held_for_days": max(1, round(policy.held_for_hours / 24)),
        "hold_at": signals.HOLD_AT,
        "silent": sorted(name.partition(":")[2] for name in policy.silent_signals),
        "burst_least": signals.BURST_LEAST,
        "burst_minutes": signals.BURST_WITHIN.seconds // 60,
        "burst_times": signals.BURST_TIMES,
        "shared_days": signals.SHARED_WITHIN.days,
        "alike_percent": round(100 * signals.ALIKE),
        "new_account_hours": round(signals.NEW_ACCOUNT.total_seconds() / 3600),
        "prior_mean": settings.REVIEWS_PRIOR_MEAN,
        "prior_weight": settings.REVIEWS_PRIOR_WEIGHT,
        "recent_days": RECENT.days,
    }
    return told | {name: fact() for name, fact in sorted(_stated.items())}


@transaction.atomic
def publish() -> CheckingNotice:
    """The version that holds now: the newest one, or a new one when something is set otherwise than it says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    newest, now = CheckingNotice.objects.first(), facts()
    if newest and newest.facts == now:
        return newest
    purge(KEY)
    return CheckingNotice.objects.create(number=newest.number + 1 if newest else 1, facts=now)


def given(kinds: list[str]) -> list[Any]:
    """What running campaigns give, in words."""
    return [IncentiveKind(kind).label for kind in kinds if kind in IncentiveKind.values]
