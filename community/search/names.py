"""Things that are called so: products, tags, people. Each app says how its own are found by name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Product
from community.people.models import Person
from community.prepared import Prepared

FEW = 3


@dataclass(frozen=True)
class Named:
    """One of them, as a link above what was found."""

    name: str
    url: str
    icon: str


@dataclass(frozen=True)
class Register:
    """Names of one kind. `find` gets what was typed and answers only what everybody may see."""

    label: Any
    find: Callable[[str], Iterable[Named]]


registers: list[Register] = []


def register_names(label: Any, find: Callable[[str], Iterable[Named]]) -> None:
    """Let things of this kind be found by their name."""
    registers.append(Register(label, find))


def named(text: str) -> list[tuple[Any, Named]]:
    """A few of each kind whose name is in the words, with what they are."""
    if len(text) < 2:
        return []
    return [(register.label, one) for register in registers for one in list(register.find(text))[:FEW]]


def products(text: str) -> Iterable[Named]:
    """Products named in the words, or whose name begins a word of them."""
    whole = text.casefold()
    for shown_as, slug, icon in every_product.rows():
        name = shown_as.casefold()
        if name in whole or (len(whole) > 2 and whole in name):
            yield Named(shown_as, Product(slug=slug).get_absolute_url(), icon)


def people(text: str) -> Iterable[Named]:
    """People who are called so in public."""
    for username, shown_as, face in people_called.rows(key=Person.key_of(text)[:80], begun=text):
        person = Person(username=username, shown_as=shown_as, face=face)
        yield Named(person.name, person.get_absolute_url(), "user")


def _called(key: str, begun: str) -> QuerySet[Person, tuple[Any, ...]]:
    named_so = Person.objects.active().called_like(begun, key=key)
    return named_so.values_list("username", "shown_as", "face")[:FEW]


every_product = Prepared(lambda: Product.objects.visible_to(None).values_list("name", "slug", "icon"))
people_called = Prepared(_called, key=str, begun=str)


register_names(_("product"), products)
register_names(_("person"), people)
