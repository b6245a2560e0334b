"""Taking reviews in: each row once, a batch in a handful of statements. Stopped anywhere, it goes on where it was."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from community.catalogue.models import Brand, Product
from community.events.recording import record
from community.events.verbs import Verb
from community.live.purging import purge
from community.people.models import Person
from community.policy.blackout import black_out
from community.policy.gate import Outcome, check
from community.search.indexing import index
from forums.reviews.bringing.building import Row, store
from forums.reviews.bringing.people import author_key, people_of
from forums.reviews.bringing.rows import Fault, Told
from forums.reviews.models import Brought, Score
from forums.threads.models import Attribution, Post

BATCH, FIRST = 200, 3


@dataclass(frozen=True)
class Origin:
    """Where reviews come from, and what they are about: one product, or each its own, made under a brand if missing."""

    source: str
    licence: str = ""
    product: Product | None = None
    brand: Brand | None = None
    by: Person | None = None


@dataclass
class Report:
    """What came of a file, or would."""

    total: int = 0
    added: int = 0
    known: int = 0
    held: int = 0
    faults: list[Fault] = field(default_factory=list)


class Intake:
    """Keeps what the batches of a file share."""

    def __init__(self, origin: Origin) -> None:
        self.origin, self.report = origin, Report()
        everything = Product.objects.select_related("brand")
        self.products = {key: product for product in everything for key in (product.name.lower(), product.slug)}
        self.said: set[tuple[str, Any]] = set()
        """Who has reviewed what, among those whom the source numbers."""
        self.first: list[Told] = []
        """The first of those that would be taken in."""

    def look(self, told: Iterable[Told | Fault]) -> Iterator[Report]:
        """What would come of it: the running report after each batch. Nothing is written."""
        for batch in batches(told):
            fresh = self.fresh(batch)
            self.first += [row.told for row in fresh[: FIRST - len(self.first)]]
            self.report.added += len(fresh)
            self.report.held += sum(row.is_held for row in fresh)
            yield self.report

    def take(self, told: Iterable[Told | Fault]) -> Iterator[Report]:
        """Take it in. Answers the running report after each batch, which is safe by then."""
        for batch in batches(told):
            ids = self.keep(batch)
            index("review", ids)
            yield self.report

    @transaction.atomic
    def keep(self, batch: list[Told | Fault]) -> list[int]:
        """One batch: people, threads, texts, stars, sums."""
        fresh = self.fresh(batch)
        for row in fresh:
            row.product = row.product or self.made(row.told.product)
        people_of(fresh, self.origin.source)
        store(fresh, self.origin)
        sums: dict[int, Counter[int]] = defaultdict(Counter)
        for row in fresh:
            if not row.is_held and row.product:
                sums[row.product.pk][row.told.stars] += 1
        for pk in sorted(sums):  # in one order everywhere, so that two imports never wait for each other
            Score.objects.add(pk, sums[pk])
        self.tell_held([row for row in fresh if row.is_held])
        if fresh:
            purge("reviews", "products", *(f"product-{pk}" for pk in sums))
        self.report.added += len(fresh)
        self.report.held += sum(row.is_held for row in fresh)
        return [row.thread.pk for row in fresh if row.thread]

    def fresh(self, batch: list[Told | Fault]) -> list[Row]:
        """The rows that are new and may be published; the others are counted."""
        report, rows = self.report, [told for told in batch if isinstance(told, Told)]
        report.total += len(batch)
        report.faults += [told for told in batch if isinstance(told, Fault)]
        here = Attribution.objects.filter(source=self.origin.source, native_id__in=[told.native_id for told in rows])
        known = set(here.values_list("native_id", flat=True))
        self.remember(rows)
        found = []
        for told in rows:
            if told.native_id in known:
                report.known += 1
                continue
            known.add(told.native_id)
            row = self.row(told)
            if isinstance(row, Row):
                found.append(row)
            else:
                report.faults.append(Fault(told.line, row))
        report.faults.sort(key=lambda fault: fault.line)
        return found

    def row(self, told: Told) -> Row | str:
        """The row as it would be published, or what keeps it from that."""
        product = self.origin.product or self.products.get(told.product.lower())
        if product is None and (self.origin.brand is None or not told.product):
            return _("There is no product “%(name)s”.") % {"name": told.product[:60]}
        key = author_key(self.origin.source, told)
        subject = (key, product.pk if product else told.product.lower())
        if key and subject in self.said:
            return _("Its writer has reviewed this product already.")
        verdict = check(black_out(told.whole), by=self.origin.by, where="import")
        if verdict.outcome is Outcome.REFUSE:
            return verdict.findings[0].reason
        self.said.add(subject)
        return Row(told, product, is_held=verdict.is_held, findings=[finding.check for finding in verdict.findings])

    def remember(self, rows: list[Told]) -> None:
        """What the people of these rows have reviewed before."""
        keys = {key for told in rows if (key := author_key(self.origin.source, told))}
        here = Brought.objects.filter(author_key__in=keys)
        self.said.update(here.values_list("author_key", "review__product"))

    def made(self, name: str) -> Product:
        """The product of this name, made under the file's brand."""
        key = name.lower()
        if key not in self.products:
            slug = slugify(name)[:40] or "product"
            shown = {"brand": self.origin.brand, "name": name[:80], "position": 50}
            self.products[key], _is_new = Product.objects.get_or_create(slug=slug, defaults=shown)
        return self.products[key]

    def tell_held(self, rows: list[Row]) -> None:
        """A person looks at those."""
        openings = Post.objects.filter(thread__in=[row.thread for row in rows], kind=Post.Kind.OPENING)
        by_thread = {post.thread_id: post for post in openings.select_related("author")}
        for row in rows:
            if row.thread:
                post = by_thread[row.thread.pk]
                record(Verb.POST_HELD, actor=post.author, subject=post, reasons=row.findings)


def batches(told: Iterable[Told | Fault]) -> Iterator[list[Told | Fault]]:
    """So many rows at a time."""
    batch: list[Told | Fault] = []
    for one in told:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
