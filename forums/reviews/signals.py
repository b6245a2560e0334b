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

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.reviews.models.trace import Came, Trace

HOLD_AT = 50
BURST_WITHIN, BURST_LEAST, BURST_TIMES = timedelta(minutes=10), 5, 5
BASELINE = timedelta(days=90)
SHARED_WITHIN = timedelta(days=30)
NEW_ACCOUNT = timedelta(hours=24)
RUN, SKETCH, ALIKE, SHORTEST = 3, 16, 0.5, 12
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Signal:
    """One thing that was noticed. `rule` has its version; its precision is read from what people decided."""

    rule: str
    points: int
    reason: str

    def as_finding(self) -> dict[str, Any]:
        """As a case of the review queue keeps it."""
        name, _at, version = self.rule.partition("@")
        return {"rule": f"reviews:{name}", "version": int(version), "points": self.points, "reason": self.reason}


@dataclass(frozen=True)
class Written:
    """A review as the signals see it: by whom, of what, from where, in which words, when."""

    reviews: Any
    product_id: int
    author: Any
    came: Came
    text: str
    at: datetime
    pk: int | None = None

    @property
    def others(self) -> Any:
        """The reviews of the same product by other people."""
        return self.reviews.filter(product=self.product_id).exclude(author=self.author)

    def others_near(self, within: timedelta) -> Any:
        return self.others.filter(written_at__gt=self.at - within, written_at__lt=self.at + within)


def burst(one: Written) -> Signal | None:
    """Many more reviews at once than this product gets otherwise."""
    now = one.others_near(BURST_WITHIN).count() + 1
    if now < BURST_LEAST:
        return None
    since = one.at - BASELINE
    before = one.others.filter(written_at__gt=since, written_at__lte=one.at - BURST_WITHIN).count()
    usual = before * (BURST_WITHIN / BASELINE)
    if now < BURST_TIMES * usual:
        return None
    sentence = _("%(n)d reviews within %(minutes)d minutes; this product usually gets %(usual).2f in that time")
    facts = {"n": now, "minutes": BURST_WITHIN.seconds // 60, "usual": usual}
    return Signal("burst@1", 30, sentence % facts)


def shared_device(one: Written) -> Signal | None:
    """Other people have reviewed the same product from the same device."""
    if not one.came.device:
        return None
    near = one.others_near(SHARED_WITHIN).filter(trace__device=one.came.device).count()
    if not near:
        return None
    sentence = _("%(n)d others reviewed the same product from the same device within %(days)d days")
    return Signal("device@1", 20 if near < 3 else 30, sentence % {"n": near, "days": SHARED_WITHIN.days})


def shared_network(one: Written) -> Signal | None:
    """Several people have reviewed the same product from the same network."""
    if not one.came.network:
        return None
    near = one.others_near(timedelta(days=1)).filter(trace__network=one.came.network).count()
    if near < 3:
        return None
    sentence = _("%(n)d others reviewed the same product from the same network on that day")
    return Signal("network@1", 15, sentence % {"n": near})


def same_words(one: Written) -> Signal | None:
    """The text shares much of its wording with somebody else's, whatever the product."""
    mine = runs_of(one.text)
    if len(mine) < SHORTEST:
        return None
    alike = Trace.objects.filter(sketch__overlap=sketch_of(one.text)).exclude(review__author=one.author)
    texts = alike.filter(review__thread__posts__kind="opening").order_by("-review")
    for pk, text in texts.values_list("review", "review__thread__posts__source")[:20]:
        theirs = runs_of(text)
        share = len(mine & theirs) / len(mine | theirs)
        if share >= ALIKE:
            sentence = _("shares %(share)d %% of its wording with review %(pk)d")
            return Signal("words@1", 30, sentence % {"share": round(100 * share), "pk": pk})
    return None


def new_account(one: Written) -> Signal | None:
    """The account is younger than a day. Nothing by itself: most people join in order to say something."""
    age = one.at - one.author.created_at
    if age >= NEW_ACCOUNT:
        return None
    return Signal("new_account@1", 10, _("the account is %(hours)d hours old") % {"hours": age / timedelta(hours=1)})


SIGNALS: list[Callable[[Written], Signal | None]] = [burst, shared_device, shared_network, same_words, new_account]


def noticed(one: Written) -> list[Signal]:
    """All signals, when they are enough to hold it; none otherwise."""
    found = [signal for ask in SIGNALS if (signal := ask(one))]
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
    """A review that is about to be written."""
    return Written(reviews, product.pk, by, came, text, timezone.now())


def look_around(one: Written) -> list[tuple[Any, list[Signal]]]:
    """What was published just before, and belongs to the same burst as it shows now: to be held as well."""
    near = one.others_near(BURST_WITHIN).filter(thread__is_hidden=False).select_related("thread", "author", "trace")
    found = []
    for review in near.exclude(trace=None)[:50]:
        came = Came(review.trace.device, review.trace.network)
        seen = Written(one.reviews, one.product_id, review.author, came, review.opening.source, review.written_at)
        if signals := noticed(seen):
            found.append((review, signals))
    return found
