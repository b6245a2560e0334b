"""What makes a review worth a second look before it is shown: one function per signal, each with its reason in numbers.

Signals never refuse and never delete. When they add up to `HOLD_AT`, the review waits until a person has looked, and
its writer is told. No single signal is enough: many people write on the day of a release, and families share a device.
"""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.reviews.models.policy import ReviewPolicy
from forums.reviews.models.trace import Came, Trace

HOLD_AT = 50
BURST_WITHIN, BURST_LEAST, BURST_TIMES = timedelta(minutes=10), 5, 5
BASELINE = timedelta(days=90)
SHARED_WITHIN = timedelta(days=30)
NEW_ACCOUNT = timedelta(hours=24)
RUN, SKETCH, ALIKE, SHORTEST = 3, 16, 0.5, 12
ALIKE_LEAST = 4
"""So many of their smallest hashes two texts share that are half alike, and then some: eight to eleven are usual."""
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Signal:
    """One thing that was noticed. `rule` has its version; its precision is read from what people decided."""

    rule: str
    points: int
    reason: str

    @property
    def name(self) -> str:
        """The rule without its version, as people know it."""
        return f"reviews:{self.rule.partition('@')[0]}"

    def as_finding(self) -> dict[str, Any]:
        """As a case of the review queue keeps it."""
        version = int(self.rule.partition("@")[2])
        return {"rule": self.name, "version": version, "points": self.points, "reason": self.reason}


@dataclass(frozen=True)
class Written:
    """A review as the signals see it: by whom, of what, from where, in which words, when it was written or changed."""

    reviews: Any
    product_id: int
    author: Any
    came: Came
    text: str
    at: datetime

    @property
    def others(self) -> Any:
        """The reviews of the same product by other people."""
        return self.reviews.filter(product=self.product_id).exclude(author=self.author)

    def others_near(self, within: timedelta) -> Any:
        return self.others.filter(written_at__gt=self.at - within, written_at__lt=self.at + within)

    def others_changed_near(self, within: timedelta) -> Any:
        """What others wrote long before, and changed about now: stars that are moved together are a burst as well."""
        near = {"trace__changed_at__gt": self.at - within, "trace__changed_at__lt": self.at + within}
        return self.others.filter(written_at__lte=self.at - within, **near)

    def count_near(self, within: timedelta, place: str = "", mark: str = "") -> int:
        """How many others wrote, or changed what they had written, about now; also: from this `place` of the trace."""
        written, changed = self.others_near(within), self.others_changed_near(within)
        if place:
            written = written.filter(**{f"trace__{place}": mark})
            changed = changed.filter(Q(**{f"trace__{place}": mark}) | Q(**{f"trace__changed_{place}": mark}))
        return int(written.order_by().values("pk").union(changed.order_by().values("pk")).count())


def burst(one: Written) -> Signal | None:
    """Many more reviews at once than this product gets otherwise."""
    now = one.count_near(BURST_WITHIN) + 1
    if now < BURST_LEAST:
        return None
    usual = usually(one, now)
    if now < BURST_TIMES * usual:
        return None
    sentence = _("%(n)d reviews within %(minutes)d minutes; this product usually gets %(usual).2f in that time")
    facts = {"n": now, "minutes": BURST_WITHIN.seconds // 60, "usual": usual}
    return Signal("burst@1", POINTS[burst], sentence % facts)


def usually(one: Written, now: int) -> float:
    """How many reviews the product gets in that time, as far as it matters beside `now`: a count that ends where the
    answer is known, and is read from the index alone, costs the same for a product with very many reviews."""
    enough_to_know = int(now / BURST_TIMES * (BASELINE / BURST_WITHIN)) + 1
    within = {"written_at__gt": one.at - BASELINE, "written_at__lte": one.at - BURST_WITHIN}
    before = one.reviews.filter(product=one.product_id, **within).order_by()[:enough_to_know].count()
    return float(before * (BURST_WITHIN / BASELINE))


def shared_device(one: Written) -> Signal | None:
    """Other people have reviewed the same product from the same device."""
    if not one.came.device:
        return None
    near = one.count_near(SHARED_WITHIN, "device", one.came.device)
    if not near:
        return None
    sentence = _("%(n)d others reviewed the same product from the same device within %(days)d days")
    return Signal(
        "device@1", 20 if near < 3 else POINTS[shared_device], sentence % {"n": near, "days": SHARED_WITHIN.days}
    )


def shared_network(one: Written) -> Signal | None:
    """Several people have reviewed the same product from the same network."""
    if not one.came.network:
        return None
    near = one.count_near(timedelta(days=1), "network", one.came.network)
    if near < 3:
        return None
    sentence = _("%(n)d others reviewed the same product from the same network on that day")
    return Signal("network@1", POINTS[shared_network], sentence % {"n": near})


def same_words(one: Written) -> Signal | None:
    """The text shares much of its wording with somebody else's, whatever the product."""
    mine = runs_of(one.text)
    if len(mine) < SHORTEST:
        return None
    alike = Trace.objects.like(sketch_of(one.text), ALIKE_LEAST).exclude(review__author=one.author)
    texts = alike.filter(review__thread__posts__kind="opening").order_by("-shared", "-review")
    words = ("thread__posts__source", "pros", "cons", "use_case")
    for pk, *pieces in texts.values_list("review", *(f"review__{name}" for name in words))[:20]:
        theirs = runs_of("\n\n".join(filter(None, pieces)))
        share = len(mine & theirs) / len(mine | theirs)
        if share >= ALIKE:
            sentence = _("shares %(share)d %% of its wording with review %(pk)d")
            return Signal("words@1", POINTS[same_words], sentence % {"share": round(100 * share), "pk": pk})
    return None


def new_account(one: Written) -> Signal | None:
    """The account is younger than a day. Nothing by itself: most people join in order to say something."""
    age = one.at - one.author.created_at
    if age >= NEW_ACCOUNT:
        return None
    hours = age // timedelta(hours=1)
    sentence = ngettext("the account is %(hours)d hour old", "the account is %(hours)d hours old", hours)
    return Signal("new_account@1", POINTS[new_account], sentence % {"hours": hours})


SIGNALS: list[Callable[[Written], Signal | None]] = [burst, shared_device, shared_network, same_words, new_account]
POINTS = {new_account: 10, shared_device: 30, shared_network: 15, same_words: 30, burst: 30}
"""The most that each counts, in the order in which they are asked: a burst is counted last, for it costs most and is
never enough alone."""


def noticed(one: Written) -> list[Signal]:
    """All signals but those that the policy has silenced, when they are enough to hold it; none otherwise."""
    if found := enough(asked(one)):
        silent = ReviewPolicy.objects.in_force().silent_signals
        found = enough([signal for signal in found if signal.name not in silent])
    return found


def asked(one: Written) -> list[Signal]:
    """What each signal says, in the order of `SIGNALS`. Nothing is asked that could no longer make it enough."""
    found: dict[Any, Signal] = {}
    left = sum(POINTS.values())
    for ask, most in POINTS.items():
        if sum(signal.points for signal in found.values()) + left < HOLD_AT:
            return []
        left -= most
        if signal := ask(one):
            found[ask] = signal
    return [found[ask] for ask in SIGNALS if ask in found]


def enough(found: list[Signal]) -> list[Signal]:
    """These signals when they add up to a hold; none otherwise."""
    return found if sum(signal.points for signal in found) >= HOLD_AT else []


def runs_of(text: str) -> set[int]:
    """Hashes of each run of three words."""
    words = [word.casefold() for word in WORD.findall(text[:8000])]
    return {hashed(" ".join(words[at : at + RUN])) for at in range(len(words) - RUN + 1)}


def hashed(run: str) -> int:
    """Thirty-one bits, so that the database keeps it as a plain number."""
    return zlib.crc32(run.encode()) & 0x7FFFFFFF


def sketch_of(text: str) -> list[int]:
    """The smallest hashes: texts that share much of their wording share some of them (Broder 1997, bottom-k)."""
    runs = runs_of(text)
    return sorted(runs)[:SKETCH] if len(runs) >= SHORTEST else []


def written_now(reviews: Any, by: Any, product: Any, came: Came, text: str) -> Written:
    """A review that is being written, or changed."""
    return Written(reviews, product.pk, by, came, text, timezone.now())
