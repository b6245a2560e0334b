"""What people can watch, track or mute: products, tags, other people, and what the wings above add (threads).

This is the one way to a level, for pages, settings and the links in mails:

    level_of(ana, "product:7")            # "watch", "track", "mute", or "" for the usual
    set_level(ana, "person:12", "watch")  # follow somebody: be told of what they ask and answer
    set_level(ana, "tag:3", "")           # back to the usual

`place_at("person:12", ana)` gives the name and the address of a place, or None when it is not there for her. A wing
registers a kind of its own in a module `watched` of its app, as a class with these four methods.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from taggit.models import Tag

from community.catalogue.models import Product
from community.notifications.models import Level, Watch
from community.people.models import Person
from community.refusals import Refusal


@dataclass(frozen=True)
class Place:
    """Something that can be watched."""

    code: str
    name: str
    url: str

    @property
    def kind(self) -> str:
        return self.code.partition(":")[0]

    @property
    def pk(self) -> str:
        return self.code.partition(":")[2]


class PlaceKind(ABC):
    """One kind of place: how it is found, and where its levels are kept."""

    kind: ClassVar[str]

    @abstractmethod
    def find(self, pk: int, person: Any) -> Place | None:
        """The place, if this person may see it."""

    @abstractmethod
    def level_of(self, person: Any, pk: int) -> str:
        """What the person said of it; empty for the usual."""

    @abstractmethod
    def set_level(self, person: Any, pk: int, level: str) -> None:
        """Say it; empty for the usual."""

    @abstractmethod
    def said_by(self, person: Any) -> Iterable[tuple[Place, str]]:
        """Everything that the person said of places of this kind, by name."""


PLACES: dict[str, PlaceKind] = {}


def register(kind: type[PlaceKind]) -> type[PlaceKind]:
    """Another kind of place."""
    PLACES[kind.kind] = kind()
    return kind


def _split(code: str) -> tuple[PlaceKind, int] | None:
    kind, _colon, pk = code.partition(":")
    is_ours = kind in PLACES and pk.isascii() and pk.isdecimal() and len(pk) < 19
    return (PLACES[kind], int(pk)) if is_ours else None


def place_at(code: str, person: Any) -> Place | None:
    """The place of a code, if the person may see it."""
    found = _split(code)
    return found[0].find(found[1], person) if found else None


def level_of(person: Any, code: str) -> str:
    """What a person said of a place; empty for the usual."""
    found = _split(code)
    return found[0].level_of(person, found[1]) if found else ""


def set_level(person: Any, code: str, level: str) -> None:
    """A person wants to hear all (`watch`), a little (`track`), nothing (`mute`) or the usual ("") of a place."""
    found = _split(code)
    if found is None or level not in ("", *Level.values):
        raise Refusal(_("There is nothing like that to watch."), code="no_place", status=404)
    found[0].set_level(person, found[1], level)


def control(person: Any, code: str) -> dict[str, Any]:
    """What the page of a thing needs to show the control: nothing for strangers, and for what is one's own."""
    place = place_at(code, person) if person.is_authenticated else None
    return {"place": place, "level": level_of(person, code)} if place else {}


class RowPlace(PlaceKind):
    """A place whose levels are rows of `Watch`."""

    field: ClassVar[str]

    def level_of(self, person: Any, pk: int) -> str:
        return Watch.objects.filter(person=person, **{self.field: pk}).values_list("level", flat=True).first() or ""

    def set_level(self, person: Any, pk: int, level: str) -> None:
        about: dict[str, Any] = {"person": person, f"{self.field}_id": pk}
        if level:
            Watch.objects.update_or_create(**about, defaults={"level": level})
        else:
            Watch.objects.filter(**about).delete()

    def said_by(self, person: Any) -> Iterable[tuple[Place, str]]:
        rows: QuerySet[Watch] = Watch.objects.filter(person=person, **{f"{self.field}__isnull": False})
        for row in rows.select_related(self.field):
            yield self.place(getattr(row, self.field)), row.level

    def place(self, thing: Any) -> Place:
        """The place of a row."""
        raise NotImplementedError


@register
class WatchedProduct(RowPlace):
    """A product: its new questions."""

    kind, field = "product", "product"

    def find(self, pk: int, person: Any) -> Place | None:
        product = Product.objects.visible_to(person).filter(pk=pk).first()
        return self.place(product) if product else None

    def place(self, thing: Any) -> Place:
        return Place(f"product:{thing.pk}", thing.name, thing.get_absolute_url())


@register
class WatchedTag(RowPlace):
    """A tag: new questions that have it."""

    kind, field = "tag", "tag"

    def find(self, pk: int, person: Any) -> Place | None:
        tag = Tag.objects.filter(pk=pk).first()
        return self.place(tag) if tag else None

    def place(self, thing: Any) -> Place:
        return Place(f"tag:{thing.pk}", f"#{thing.name}", reverse("forums:tag-detail", args=[thing.slug]))


@register
class WatchedPerson(RowPlace):
    """Another person: what they ask and answer. This is following somebody; muting them is no ignoring."""

    kind, field = "person", "other"

    def find(self, pk: int, person: Any) -> Place | None:
        other = Person.objects.active().filter(pk=pk).exclude(pk=person.pk).select_related("persona").first()
        return self.place(other) if other else None

    def place(self, thing: Any) -> Place:
        return Place(f"person:{thing.pk}", thing.name, thing.get_absolute_url())
