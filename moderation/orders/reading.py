"""Order lines as shops write them: which field means what, and what is wrong with a line."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from community.catalogue.models import Product, order_key

FIELDS = ("order", "product", "email", "serial", "bought_at", "delivered_at")
"""What a line can say. Order and product are needed."""
LONGEST = 100_000


@dataclass(frozen=True)
class Line:
    """One unit that was sold."""

    order: str
    product: Product
    email: str = ""
    serial: str = ""
    bought_at: date | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True)
class Fault:
    """A line that cannot be taken, and why."""

    number: int
    reason: str


def rows_of_csv(text: str) -> list[dict[str, str]]:
    """The lines of a CSV file by the names in its head; the separator is found out."""
    head = text.lstrip("\ufeff").splitlines()[:1]
    separator = max(",;\t", key=lambda sign: head[0].count(sign)) if head else ","
    return [dict(row) for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator)][:LONGEST]


def read(rows: list[Any], mapping: Mapping[str, str], first: int = 1) -> Iterator[Line | Fault]:
    """Each row as a line, or what is wrong with it. `mapping` says what the shop calls our fields."""
    products = {name: product for product in Product.objects.all() for name in (product.slug, product.name.lower())}
    for number, row in enumerate(rows, first):
        try:
            yield line_of(row, mapping, products)
        except ValueError as error:
            yield Fault(number, str(error))


def line_of(row: Any, mapping: Mapping[str, str], products: Mapping[str, Product]) -> Line:
    """Raises ValueError with a sentence."""
    if not isinstance(row, Mapping):
        raise ValueError(_("This is no order line."))
    told = {name: str(row.get(mapping.get(name) or name) or "").strip() for name in FIELDS}
    order, product = order_key(told["order"]), products.get(told["product"].lower())
    if not order or len(order) > 40:
        raise ValueError(_("It names no order."))
    if product is None:
        raise ValueError(_("There is no product “%(name)s”.") % {"name": told["product"][:60]})
    serial, email = order_key(told["serial"]), told["email"].lower()
    if len(serial) > 60:
        raise ValueError(_("The serial number is too long."))
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise ValueError(_("The mail address is none.")) from None
    return Line(order, product, email, serial, day(told["bought_at"]), moment(told["delivered_at"]))


def day(text: str) -> date | None:
    """A day as 2026-11-25."""
    found = parse_date(text[:10]) if text else None
    if text and found is None:
        raise ValueError(_("“%(text)s” is no day.") % {"text": text[:40]})
    return found


def moment(text: str) -> datetime | None:
    """A moment, or a day for its beginning."""
    if not text:
        return None
    found = parse_datetime(text)
    if found is None and (only := day(text)):
        found = datetime(only.year, only.month, only.day)
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found
