"""Who a customer is, for their page at the desk: by what they are known, and which accounts are one person."""

from typing import Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from community.people.models import Person
from community.people.roles import Capability
from moderation.desk.customer import accounts_seen_by, customer_for, is_known_to
from moderation.identities.knowing import Way, ways_of
from moderation.identities.models import Handle, Merge
from moderation.identities.weighing import Reason, confidence, for_people

ALIKE = 5


def known_as(customer: Person, viewer: Person) -> dict[str, Any]:
    """Everything that leads to this person, what was merged, and accounts that look like theirs."""
    accounts = accounts_seen_by(viewer, customer)
    return {
        "ways": ways_of(accounts),
        "merges": merges_of(accounts, viewer),
        "alike": alike(customer, viewer, accounts),
        "may_merge": viewer.can(Capability.SUPERVISE),
    }


def ways_seen_by(viewer: Person, customer: Person) -> list[Way]:
    return ways_of(accounts_seen_by(viewer, customer))


def merges_of(accounts: list[Person], viewer: Person) -> list[Merge]:
    """What was merged and what was taken back, the newest first, where the viewer may know both."""
    concerned = Merge.objects.visible_to(viewer).filter(Q(gone__in=accounts) | Q(kept__in=accounts))
    rows = concerned.select_related("gone", "kept", "by", "undone_by").distinct()[:20]
    return [row for row in rows if is_known_to(viewer, row.gone) and is_known_to(viewer, row.kept)]


def alike(customer: Person, viewer: Person, accounts: list[Person]) -> list[tuple[Person, list[Reason], int]]:
    """Other accounts with the same telephone or order number: perhaps the same person."""
    numbers = [number for number in customer.ownerships.values_list("order_number", flat=True) if number]
    same = Q(ownerships__order_number__in=numbers) | (Q(phone=customer.phone) if customer.phone else Q(pk=None))
    found = Person.objects.active().filter(same).exclude(pk__in=[each.pk for each in accounts]).distinct()
    others = [each for each in found.order_by("pk")[:ALIKE] if not each.is_team and is_known_to(viewer, each)]
    return [(each, reasons, confidence(reasons)) for each in others if (reasons := for_people(customer, each))]


def handle_for(viewer: Person, person_id: int, handle_id: int) -> Handle:
    """A name elsewhere of a customer whom this viewer may see, or of another account of theirs."""
    accounts = accounts_seen_by(viewer, customer_for(viewer, person_id))
    return get_object_or_404(Handle.objects.visible_to(viewer), pk=handle_id, person__in=accounts)


def merge_for(viewer: Person, person_id: int, merge_id: int) -> Merge:
    """A merge of a customer whom this viewer may see, both of whose accounts they may know."""
    accounts = accounts_seen_by(viewer, customer_for(viewer, person_id))
    merge = next((row for row in merges_of(accounts, viewer) if row.pk == merge_id), None)
    if merge is None:
        raise Http404
    return merge


def other_account(viewer: Person, name: str) -> Person | None:
    """The account of this name, when the viewer may know it."""
    name = name.strip().lstrip("@")[:150]
    found = Person.objects.filter(username_key=Person.key_of(name)).first() if name else None
    return found if found is not None and is_known_to(viewer, found) else None
