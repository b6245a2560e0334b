"""Who wrote beside a review that is held: those that belong to the same burst wait as well, now that it shows.

On a busy day many people write within the same minutes, and most of them have nothing to do with it. Each would cost
several questions, so only those are looked at who share a device, a network or wording with somebody, and the first
ones, who wrote before there was a burst to be seen.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from forums.reviews.models.trace import Came
from forums.reviews.signals import (
    ALIKE_LEAST,
    BURST_LEAST,
    BURST_WITHIN,
    SHARED_WITHIN,
    Signal,
    Written,
    noticed,
    sketch_of,
)

MOST = 500
NETWORK_WITHIN = timedelta(days=1)


class Near(NamedTuple):
    """A review that was written or changed about now, as far as it takes to see whether it is worth a look."""

    pk: int
    device: str
    network: str
    sketch: list[int]


def look_around(one: Written) -> list[tuple[Any, list[Signal]]]:
    """What was published or changed just before, and belongs to the same burst as it shows now: to be held as well."""
    return [(review, signals) for review, seen in seen_near(one) if (signals := noticed(seen))]


def seen_near(one: Written) -> list[tuple[Any, Written]]:
    """What others wrote or changed about now, as the signals see it, where they could see something."""
    both = ((one.others_near, "written_at", ""), (one.others_changed_near, "trace__changed_at", "changed_"))
    found = []
    for near, when, which in both:
        shown = near(BURST_WITHIN).filter(thread__is_hidden=False, trace__isnull=False)
        places = (f"trace__{which}device", f"trace__{which}network")
        rows = [Near(*row) for row in shown.order_by(when).values_list("pk", *places, "trace__sketch")[:MOST]]
        known = one.reviews.select_related("thread", "author", "trace")
        for review in known.filter(pk__in=suspects(one, rows)).order_by(when) if rows else ():
            came = Came(getattr(review.trace, f"{which}device"), getattr(review.trace, f"{which}network"))
            at = review.trace.changed_at if which else review.written_at
            found.append((review, Written(one.reviews, one.product_id, review.author, came, review.whole, at)))
    return found


def suspects(one: Written, rows: list[Near]) -> set[int]:
    """Those worth a look, the first of the minutes first of all."""
    devices = shared(one, "device", {row.device for row in rows}, SHARED_WITHIN)
    networks = shared(one, "network", {row.network for row in rows}, NETWORK_WITHIN)
    places = {row.pk for row in rows if row.device in devices or row.network in networks}
    return places | alike(one, rows) | {row.pk for row in rows[:BURST_LEAST]}


def shared(one: Written, place: str, marks: Iterable[str], within: timedelta) -> set[str]:
    """The devices, or networks, from which more than one review of the product was written or changed lately."""
    wanted = set(marks) - {""}
    if not wanted:
        return set()
    of_it, now, before = one.reviews.filter(product=one.product_id), one.at + within, one.at - within
    first, last = f"trace__{place}", f"trace__changed_{place}"
    written = of_it.filter(**{f"{first}__in": wanted}, written_at__gt=before, written_at__lt=now)
    changed = of_it.filter(**{f"{last}__in": wanted}, trace__changed_at__gt=before, trace__changed_at__lt=now)
    pairs = {*written.order_by().values_list("pk", first), *changed.order_by().values_list("pk", last)}
    counts = Counter(mark for _review, mark in pairs)
    return {mark for mark, n in counts.items() if n > 1}


def alike(one: Written, rows: list[Near]) -> set[int]:
    """Those whose wording comes again among them, or in the text that is held; by all others together, which is more
    than enough: whose it is, and how much of it, is looked at next."""
    seen = Counter(value for row in rows for value in set(row.sketch)) + Counter(sketch_of(one.text))
    return {row.pk for row in rows if sum(seen[value] > 1 for value in row.sketch) >= ALIKE_LEAST}
