"""Reading the meanings of what may be suggested, by the worker; and putting first what means the same."""

import hashlib
from collections.abc import Iterator
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from django.db.models import F, Q

from community.prepared import Prepared
from community.search.meaning import is_here, likeness, meaning_of, text_of
from community.search.models import Document, Meaning
from community.search.sources import suggested_kinds

if TYPE_CHECKING:
    from community.search.similar import Found

A_BATCH, REST = 50, 1.0
"""Documents that are read at once; and how many times as long as each took the machine is left to pages."""
LOOKED_AT, WORTH, NOTHING, SAME = 300, 6.0, 0.25, 0.95
"""The best by their words are looked at; what meaning the same is worth beside having the same words; the likeness that
any two texts about the same products have; and that of a text with itself, by which nothing is measured."""

_read = Document.objects.filter(meaning__isnull=False)
meanings = Prepared(lambda ids: _read.filter(pk__among=ids).values_list("pk", "meaning__vector"), ids=list)


def closer(found: "list[Found]", title: str, body: str) -> "list[Found]":
    """The same, with those first that mean the same. Where the model is not installed it is the same."""
    first = found[:LOOKED_AT]
    if not first or not is_here():
        return found
    known = {pk: bytes(vector) for pk, vector in meanings.rows(ids=[one.pk for one in first])}
    likes = dict(zip(known, likeness(meaning_of(text_of(title, body)), list(known.values())), strict=True))
    top = max((one.score for one in first if likes.get(one.pk, NOTHING) < SAME), default=first[0].score)
    ranked = [one._replace(score=scored(one.score, top, likes.get(one.pk, NOTHING))) for one in first]
    return sorted(ranked, key=lambda one: (-one.score, -one.object_id))


def scored(score: float, top: float, like: float) -> float:
    """Words and meaning together, on the scale of the words: what is best in both has the best score."""
    whole = 1 + WORTH * (1 - NOTHING)
    return (score + top * WORTH * max(0.0, like - NOTHING)) / whole


def understand(seconds: float = float("inf")) -> int:
    """Read meanings until nothing is left or the time is over. Answers how many were read."""
    until, done = perf_counter() + seconds, 0
    while is_here() and (documents := list(unread())):
        for document in documents:
            begun = perf_counter()
            read(document)
            done += 1
            if seconds != float("inf"):
                sleep(REST * (perf_counter() - begun))
        if perf_counter() >= until:
            break
    return done


def unread() -> Iterator[Document]:
    """Documents that were written since their meaning was read, the newest first."""
    older = Q(meaning=None) | ~Q(meaning__indexed_at=F("indexed_at"))
    rows = Document.objects.filter(older, kind__in=suggested_kinds()).select_related("meaning")
    return rows.only("title", "passages", "indexed_at", "meaning").order_by("-pk")[:A_BATCH].iterator()


def read(document: Document) -> None:
    """Keep what it means. When its title and opening are what they were, only that it was looked at."""
    opening = document.passages[0][2] if document.passages else ""
    text = text_of(document.title, opening)
    digest, as_read = hashlib.sha256(text.encode()).digest(), document.indexed_at
    known = getattr(document, "meaning", None)
    if known is not None and bytes(known.digest) == digest:
        Meaning.objects.filter(pk=document.pk).update(indexed_at=as_read)
        return
    Meaning.objects.update_or_create(
        document=document, defaults={"vector": meaning_of(text), "digest": digest, "indexed_at": as_read}
    )
    Document.objects.filter(pk=document.pk).update(related_at=None)
