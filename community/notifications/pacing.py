"""The pace of a person's mails: what they chose, and the usual where they chose nothing."""

from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from community.notifications.kinds import DIGEST
from community.notifications.models import Preference, Rhythm
from community.notifications.planning import Pace


def usual_quiet() -> tuple[time | None, time | None]:
    """The quiet hours of those who have not chosen: `QUIET_HOURS`, such as 22:00-08:00."""
    begin, _dash, end = settings.QUIET_HOURS.partition("-")
    return (time.fromisoformat(begin.strip()), time.fromisoformat(end.strip())) if end else (None, None)


def rhythm_of(person: Any) -> Rhythm:
    """What the person chose, or the usual in a row that is not saved."""
    found = Rhythm.objects.filter(person=person.pk).first()
    if found:
        return found
    begin, end = usual_quiet()
    return Rhythm(person=person, daily_cap=settings.MAILS_A_DAY, quiet_from=begin, quiet_until=end)


def pace_of(person: Any, rhythm: Rhythm | None = None, *, has_digest: bool | None = None) -> Pace:
    """The pace of this person, or the one they would have with this rhythm."""
    chosen = rhythm or rhythm_of(person)
    if has_digest is None:
        has_digest = not Preference.objects.filter(person=person.pk, kind=DIGEST, mail=False).exists()
    return Pace(
        cap=chosen.daily_cap,
        zone=zone_of(person),
        digest=str(chosen.digest) if has_digest else "",
        digest_at=chosen.digest_at,
        quiet_from=chosen.quiet_from,
        quiet_until=chosen.quiet_until,
        bundle=timedelta(minutes=settings.MAIL_BUNDLE_MINUTES),
    )


def pushes_a_day(rhythm: Rhythm) -> int:
    """How many messages a day each of the person's devices shows at most."""
    return settings.PUSHES_A_DAY if rhythm.push_cap is None else rhythm.push_cap


def zone_of(person: Any) -> ZoneInfo:
    """The person's time zone; the site's where theirs is not known to this machine."""
    try:
        return ZoneInfo(person.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)
