"""Who bought what, as the order feed tells it."""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q

from community.catalogue.models import Ownership, Product, Purchase, order_key
from community.people.models import Person


def found_purchase(person: Person, product: Product, number: str = "") -> tuple[Purchase, bool] | None:
    """A purchase that proves this person an owner and proves nobody else one, and whether its serial number did.

    A serial number stands on the thing itself, so naming it is enough. An order number can be guessed: the order must
    have been placed with an address that the person has confirmed, or with none that we know of.
    """
    taken = Purchase.objects.filter(pk=OuterRef("pk"), proofs__isnull=False, proofs__ended_at__isnull=True)
    free = Purchase.objects.filter(~Exists(taken), product=product)
    named = {order_key(number), *map(order_key, owned_orders(person, product))} - {""}
    addresses = confirmed_addresses(person)
    if by_serial := free.exclude(serial="").filter(serial__in=named).order_by("pk").first():
        return by_serial, True
    theirs = Q(email__in=addresses)
    by_order = free.filter(Q(order_number__in=named) & (theirs | Q(email="")) | theirs).order_by("pk").first()
    return (by_order, False) if by_order else None


def owned_orders(person: Person, product: Product) -> list[str]:
    """Order numbers that the person keeps with what they own."""
    return list(Ownership.objects.filter(person=person, product=product).values_list("order_number", flat=True))


def confirmed_addresses(person: Person) -> list[str]:
    """The mail addresses that are surely theirs."""
    rows = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return [address.lower() for address in rows]
