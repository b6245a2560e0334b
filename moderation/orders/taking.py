"""Taking order lines in: each once, however often it is told, and whoever wrote a review before is an owner now."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q

from community.catalogue.models import Purchase
from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from forums.reviews.models import Review
from moderation.orders.reading import Fault, Line


@dataclass
class Report:
    """What became of a delivery of order lines."""

    new: int = 0
    known: int = 0
    proven: int = 0
    faults: list[Fault] = field(default_factory=list)


@transaction.atomic
def take(told: Iterable[Line | Fault], source: str, *, by: Person | None) -> Report:
    """Keep what a shop tells. What is known is brought up to date; what is faulty is reported by its line."""
    report, kept = Report(), []
    for line in told:
        if isinstance(line, Fault):
            report.faults.append(line)
            continue
        facts = {name: value for name in ("email", "bought_at", "delivered_at") if (value := getattr(line, name))}
        purchase, is_new = Purchase.objects.update_or_create(
            source=source, order_number=line.order, product=line.product, serial=line.serial, defaults=facts
        )
        kept.append(purchase)
        report.new, report.known = report.new + is_new, report.known + (not is_new)
    report.proven = sum(review.look_for_proof() for review in concerned(kept))
    if by is not None:
        record(Verb.ORDERS_TAKEN, actor=by, subject=by, source=source, new=report.new, faults=len(report.faults))
    return report


def concerned(purchases: list[Purchase]) -> Iterable[Review]:
    """Reviews without such a proof whose writers these purchases may prove to be owners."""
    addresses = {purchase.email for purchase in purchases} - {""}
    people = EmailAddress.objects.filter(email__in=addresses, verified=True).values("user")
    numbers = {purchase.order_number for purchase in purchases} | {purchase.serial for purchase in purchases} - {""}
    theirs = Q(author__in=people) | Q(owner_number__in=numbers) | Q(author__ownerships__order_number__in=numbers)
    found = Review.objects.filter(theirs, product__in={purchase.product_id for purchase in purchases})
    return found.exclude(proof__in=["order", "serial"]).select_related("thread", "author", "product").distinct()
