"""Relatives: what is about the same as a thing and stands beside it on its page. Found by the worker, kept as rows."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter, sleep
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from community.live.purging import purge
from community.search.models import Document, Relative
from community.search.similar import best, solved_first
from community.search.sources import sources, suggested_kinds

log = logging.getLogger(__name__)
FEW, AT_LEAST = 5, 3
"""How many are kept; when fewer are near, solved ones about the same product make up so many."""
NEAR, NEAR_ELSEWHERE = 0.18, 0.25
"""How near one must come, of the same product and of another: parts of the score that a thing has for its own words."""
AGAIN, LONG_AGO = timedelta(days=14), datetime(2000, 1, 1, tzinfo=UTC)
"""Relatives are found anew now and then, for what came since; and the moment of those whose turn it is at once."""

A_BATCH, REST = 50, 1.0
"""Documents that are read at once; and how many times as long as each took the machine is left to pages."""


def due(limit: int) -> list[Document]:
    """Documents whose relatives nobody has found yet, and those for which it was long ago; new words come first."""
    wanted = Q(related_at__isnull=True) | Q(related_at__lt=timezone.now() - AGAIN)
    rows = Document.objects.filter(wanted, kind__in=suggested_kinds())
    rows = rows.only("kind", "object_id", "title", "product_id", "passages", "related_at")
    return list(rows.order_by(F("related_at").asc(nulls_first=True), "-pk")[:limit])


def relate(document: Document) -> None:
    """Find the relatives of one document. Those of a new one are looked at again: it may be theirs."""
    others = near(document)
    is_new = document.related_at is None
    page = f"{sources[document.kind].page}-{document.object_id}"
    keep(document.kind, document.object_id, [*others, *beside_it(document, others)], page=page)
    Document.objects.filter(pk=document.pk).update(related_at=timezone.now())
    if is_new:
        Document.objects.filter(pk__in=others, related_at__isnull=False).update(related_at=LONG_AGO)


def relate_alone(document: Document) -> None:
    """One that fails keeps nobody waiting: it is said in the log, and its turn comes again with the others."""
    try:
        with transaction.atomic():
            relate(document)
    except Exception:
        log.exception("no relatives found", extra={"document": document.pk})
        Document.objects.filter(pk=document.pk).update(related_at=timezone.now())


def near(document: Document) -> list[int]:
    """Ids of the documents that are about the same."""
    opening = document.passages[0][2] if document.passages else ""
    found = best(document.title, opening, product_id=document.product_id)[: FEW * 4]
    own = next((one.score for one in found if one.pk == document.pk), None)
    if own is None:
        return []
    same = Document.objects.filter(pk__in=[one.pk for one in found], product_id=document.product_id)
    product = set(same.values_list("pk", flat=True))
    others = [one for one in found if one.pk != document.pk]
    close = [one for one in others if one.score >= own * (NEAR if one.pk in product else NEAR_ELSEWHERE)]
    return [one.pk for one in solved_first(close[:FEW])]


def beside_it(document: Document, others: list[int]) -> list[int]:
    """What was solved about the same product, when hardly anything is about the same."""
    if document.product_id is None or len(others) >= AT_LEAST:
        return []
    solved = Document.objects.filter(kind=document.kind, product_id=document.product_id, is_solved=True)
    rows = solved.exclude(pk__in=[document.pk, *others]).order_by("-active_at", "-pk")
    return list(rows.values_list("pk", flat=True)[: AT_LEAST - len(others)])


@transaction.atomic
def keep(kind: str, object_id: int, first: list[int], *, page: str) -> None:
    """From now on these stand beside it. Its page is made anew only when they are others than before."""
    here = Relative.objects.select_for_update().filter(kind=kind, object_id=object_id)
    if list(here.order_by("position").values_list("other", flat=True)) == first:
        return
    here.delete()
    there = set(Document.objects.filter(pk__in=first).select_for_update(of=("self",)).values_list("pk", flat=True))
    rows = [Relative(kind=kind, object_id=object_id, other_id=pk, position=n) for n, pk in enumerate(first)]
    Relative.objects.bulk_create([row for row in rows if row.other_id in there], ignore_conflicts=True)
    purge(page)


def relate_what_is_due(seconds: float) -> int:
    """Until nothing is left or the time is over. Answers how many there were."""
    until, done = perf_counter() + seconds, 0
    while documents := due(A_BATCH):
        for document in documents:
            begun = perf_counter()
            relate_alone(document)
            done += 1
            sleep(REST * (perf_counter() - begun))
        if perf_counter() >= until:
            break
    return done


def relate_named(
    kind: str, object_id: int, title: str, about: str, *, keeps: Callable[[Any], bool], page: str, near: float = 0.5
) -> None:
    """Find what is about something that is no document, such as a product: near the best that there is for its name."""
    found = best(title, about)
    top = found[0].score if found else 0.0
    near_ones = [one for one in found if one.score >= near * top]
    documents = Document.objects.only("product_id").in_bulk([one.pk for one in near_ones])
    kept = [one for one in near_ones if one.pk in documents and keeps(documents[one.pk])]
    keep(kind, object_id, [one.pk for one in solved_first(kept[:FEW])], page=page)
