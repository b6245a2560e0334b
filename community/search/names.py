"""Things that are called so: products, tags, people. Each app says how its own are found by name.

They are asked for at their source, not kept in the index: whoever takes another public name, or hides what they say of
themselves, is found by nothing else from that moment on. Only the catalogue, which seldom changes, is remembered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from community.catalogue.models import Product
from community.people.audience import Audience, Field, Seen
from community.people.models import Person
from community.prepared import Prepared
from community.search.remembering import Memory
from community.search.words import folded, is_telling, words

FEW, MANY = 3, 20
"""How many of a kind stand above what was found, and how many on their own tab."""


@dataclass(frozen=True)
class Named:
    """One of them: a link above what was found, a row of its own tab."""

    name: str
    url: str
    icon: str
    about: str = ""


@dataclass(frozen=True)
class Register:
    """Names of one kind. `find` gets what was typed and answers only what everybody may see."""

    kind: str
    label: Any
    several: Any
    find: Callable[[str], Iterable[Named]]


registers: dict[str, Register] = {}


def register_names(kind: str, label: Any, several: Any, find: Callable[[str], Iterable[Named]]) -> None:
    """Let things of this kind be found by their name: `label` is one of them, `several` names their tab."""
    registers[kind] = Register(kind, label, several, find)


def named(text: str) -> dict[str, list[Named]]:
    """Those of each kind whose name is in the words."""
    if len(text) < 2:
        return {}
    found = {kind: list(register.find(text))[:MANY] for kind, register in registers.items()}
    return {kind: rows for kind, rows in found.items() if rows}


def first_few(found: dict[str, list[Named]]) -> list[tuple[Any, Named]]:
    """A few of each kind, with what they are."""
    return [(registers[kind].label, one) for kind, rows in found.items() for one in rows[:FEW]]


def products(text: str) -> Iterable[Named]:
    """Products named in the words, and those that all of the words describe."""
    whole, wanted = folded(text), {word for word in words(text) if is_telling(word)}
    for one in catalogue.get("", read_catalogue).values():
        if one.name in whole or (len(whole) > 2 and whole in one.name) or (wanted and wanted <= one.told):
            yield one.named


class Called(NamedTuple):
    """A product as the search knows it: its address, its name as words are compared, and all words that describe it."""

    slug: str
    name: str
    told: set[str]
    named: Named


catalogue = Memory("products")


def read_catalogue() -> dict[int, Called]:
    """Every product that is listed, by its id."""
    found = {}
    for pk, shown_as, slug, icon, tagline, brand, line in every_product.rows():
        told = set(words(f"{shown_as} {tagline} {brand} {line or ''}"))
        named = Named(shown_as, Product(slug=slug).get_absolute_url(), icon, tagline)
        found[pk] = Called(slug, folded(shown_as), told, named)
    return found


def products_among(ids: Iterable[int]) -> dict[int, Called]:
    """Those of the listed products that have these ids, in the order of the catalogue."""
    wanted = set(ids)
    return {pk: one for pk, one in catalogue.get("", read_catalogue).items() if pk in wanted}


def people(text: str) -> Iterable[Named]:
    """People who are called so in public, with what they say of themselves to everybody."""
    for username, shown_as, face, about, is_kept in people_called.rows(key=Person.key_of(text)[:80], begun=text):
        person = Person(username=username, shown_as=shown_as, face=face)
        yield Named(person.name, person.get_absolute_url(), "user", "" if is_kept else about)


def _called(key: str, begun: str) -> QuerySet[Person, tuple[Any, ...]]:
    named_so = Person.objects.active().called_like(begun, key=key)
    kept = Audience.objects.filter(person=OuterRef("pk"), field=Field.ABOUT).exclude(seen_by=Seen.PUBLIC)
    return named_so.annotate(is_kept=Exists(kept)).values_list("username", "shown_as", "face", "about", "is_kept")[
        :MANY
    ]


COLUMNS = ("pk", "name", "slug", "icon", "tagline", "brand__name", "line__name")
every_product = Prepared(lambda: Product.objects.visible_to(None).values_list(*COLUMNS))
people_called = Prepared(_called, key=str, begun=str)


register_names("product", _("product"), _("Products"), products)
register_names("person", _("person"), _("People"), people)
