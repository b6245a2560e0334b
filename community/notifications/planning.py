"""Which mails somebody gets now, and when to look again: a calculation without side effects.

The worker asks it each time, and the preview in the settings asks it for a week that has passed, so that what is
promised is what happens. The rules: nothing by night; what belongs to one thread is one mail; a number of mails a day
that is never passed, with the last place kept for the digest, which takes whatever found no place. What concerns the
person's own case (`is_own`) is not counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Pace:
    """How often and when somebody wants mails, in their own time zone."""

    cap: int
    zone: ZoneInfo
    digest: str = "daily"  # daily, weekly (on Mondays), or empty: none
    digest_at: time = time(18)
    quiet_from: time | None = None
    quiet_until: time | None = None
    bundle: timedelta = timedelta(minutes=10)

    def on(self, day: datetime, at: time) -> datetime:
        """The moment when the person's clock shows a time on the day of `day`."""
        local = day.astimezone(self.zone)
        return datetime.combine(local.date(), at, self.zone).astimezone(UTC)

    def end_of_quiet(self, now: datetime) -> datetime | None:
        """When the quiet hours end, if it is quiet now. Their length changes with the clocks, their end does not."""
        if self.quiet_from is None or self.quiet_until is None or self.quiet_from == self.quiet_until:
            return None
        clock = now.astimezone(self.zone).time()
        if self.quiet_from < self.quiet_until:
            return self.on(now, self.quiet_until) if self.quiet_from <= clock < self.quiet_until else None
        if clock >= self.quiet_from:
            return self.on(self.tomorrow(now), self.quiet_until)
        return self.on(now, self.quiet_until) if clock < self.quiet_until else None

    def tomorrow(self, now: datetime) -> datetime:
        """The first moment of the person's next day."""
        local = now.astimezone(self.zone)
        return datetime.combine(local.date() + DAY, time(0), self.zone).astimezone(UTC)

    def today(self, now: datetime) -> datetime:
        """The first moment of the person's day."""
        return self.on(now, time(0))

    def digest_before(self, now: datetime, weekly: bool = False) -> datetime:
        """The last moment at which a digest was due."""
        local = now.astimezone(self.zone)
        day = local.date() - timedelta(days=local.weekday() if weekly else 0)
        at = datetime.combine(day, self.digest_at, self.zone)
        if at > local:
            at = datetime.combine(day - (WEEK if weekly else DAY), self.digest_at, self.zone)
        return at.astimezone(UTC)

    def digest_after(self, now: datetime, weekly: bool = False) -> datetime:
        """The next moment at which one is due."""
        last = self.digest_before(now, weekly).astimezone(self.zone)
        day = last.date() + (WEEK if weekly else DAY)
        return datetime.combine(day, self.digest_at, self.zone).astimezone(UTC)


@dataclass(frozen=True)
class Waiting:
    """Something that somebody was told and that a mail may bring. `way` is alone, digest or overflow."""

    key: int
    at: datetime
    chain: str
    way: str
    is_own: bool = False
    read_at: datetime | None = None


@dataclass
class Plan:
    """What goes now: letters (one for each thread), a digest; what found no place; when to look again."""

    letters: list[list[Waiting]] = field(default_factory=list)
    digest: list[Waiting] = field(default_factory=list)
    overflow: list[Waiting] = field(default_factory=list)
    dropped: list[Waiting] = field(default_factory=list)
    next_at: datetime | None = None

    def look_at(self, moment: datetime) -> None:
        """Look again at this moment, if not before."""
        self.next_at = min(self.next_at or moment, moment)


def plan(waiting: Iterable[Waiting], pace: Pace, now: datetime, sent: int, last_of: dict[str, datetime]) -> Plan:
    """What goes now. `sent` mails have gone today; `last_of` says when each thread was last written about."""
    made, rows = Plan(), sorted(waiting, key=lambda one: (one.at, one.key))
    if not rows:
        return made
    if quiet := pace.end_of_quiet(now):
        made.look_at(quiet)
        return made
    places = pace.cap - sent
    places -= _plan_digest(made, rows, pace, now, places)
    kept = 1 if pace.digest and pace.today(pace.digest_after(now)) == pace.today(now) else 0
    for group in threads_of(one for one in rows if one.way == "alone"):
        ready = last_of.get(group[0].chain, now - DAY) + pace.bundle
        if group[0].chain and ready > now:
            made.look_at(ready)
        elif group[0].is_own:
            made.letters.append(group)
        elif places > kept:
            made.letters.append(group)
            places -= 1
        elif pace.digest:
            made.overflow += group
            made.look_at(pace.digest_after(now))
        else:
            made.dropped += group
    return made


def _plan_digest(made: Plan, rows: list[Waiting], pace: Pace, now: datetime, places: int) -> int:
    """The digest, if one is due and there is something for it. Answers how many mails that makes."""
    is_weekly = pace.digest == "weekly"
    due_at = {"overflow": pace.digest_before(now), "digest": pace.digest_before(now, is_weekly)}
    for one in (one for one in rows if one.way in due_at):
        if not pace.digest:
            made.dropped.append(one)
        elif one.at >= due_at[one.way]:
            made.look_at(pace.digest_after(now, is_weekly and one.way == "digest"))
        elif places < 1:
            made.look_at(pace.tomorrow(now))
        else:
            made.digest.append(one)
    return 1 if made.digest else 0


def threads_of(rows: Iterable[Waiting]) -> list[list[Waiting]]:
    """What belongs to one thread stands together, in the order of what has waited longest."""
    groups: dict[tuple[str, bool], list[Waiting]] = {}
    for one in rows:
        groups.setdefault((one.chain or f"alone-{one.key}", one.is_own), []).append(one)
    return list(groups.values())


def mails_of(rows: Iterable[Waiting], pace: Pace, until: datetime) -> Iterator[datetime]:
    """When mails would have gone, had somebody had this pace while these things happened."""
    coming = sorted(rows, key=lambda one: one.at)
    pending: list[Waiting] = []
    sent: list[datetime] = []
    last_of: dict[str, datetime] = {}
    look_at: datetime | None = None
    while moment := min((at for at in (coming[0].at if coming else None, look_at) if at), default=None):
        if moment > until:
            return
        while coming and coming[0].at <= moment:
            pending.append(coming.pop(0))
        pending = [one for one in pending if one.read_at is None or one.read_at > moment]
        today = sum(at >= pace.today(moment) for at in sent)
        made = plan(pending, pace, moment, today, last_of)
        pending = _left(pending, made)
        last_of |= {group[0].chain: moment for group in made.letters}
        letters = [*made.letters, *([made.digest] if made.digest else [])]
        sent += [moment for group in letters if not group[0].is_own or group is made.digest]
        yield from (moment for _letter in letters)
        look_at = made.next_at


def _left(pending: list[Waiting], made: Plan) -> list[Waiting]:
    """What still waits after these mails."""
    gone = {one.key for group in [*made.letters, made.digest, made.dropped] for one in group}
    moved = {one.key for one in made.overflow}
    return [
        Waiting(one.key, one.at, one.chain, "overflow", one.is_own, one.read_at) if one.key in moved else one
        for one in pending
        if one.key not in gone
    ]
