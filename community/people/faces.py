"""The name under which somebody is known in public: the pseudonym, or for a face of the team the persona's.

Who has a persona is never shown by the account's name: not in a byline, an address, a feed, a mail, a search or a list.
`shown_as` and `face` are kept on the person, so that a list of people costs no second query for it.
"""

from functools import lru_cache
from typing import Any, Self

from django.db import models, transaction
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.text import slugify


class FacedPerson:
    """What a person is called in public."""

    username: str
    shown_as: str
    face: str

    @property
    def name(self) -> str:
        """What everybody may call them."""
        return self.shown_as or self.username

    @property
    def handle(self) -> str:
        """The same for addresses and for @."""
        return self.face or self.username

    def get_absolute_url(self) -> str:
        """Their page in public."""
        return path_of(self.handle)


@lru_cache(maxsize=10_000)
def path_of(handle: str) -> str:
    """The address of somebody's page, which the page of a thread asks for at each post."""
    return reverse("forums:person-detail", args=[handle])


def name_of(prefix: str = "") -> Any:
    """The public name as a column: `name_of("author__")`."""
    return Coalesce(NullIf(models.F(f"{prefix}shown_as"), models.Value("")), models.F(f"{prefix}username"))


class FacedPeople(models.QuerySet[Any]):
    """Ways to find people by what they are called in public. The account of a face of the team is never found so."""

    def called(self, handle: str) -> Self:
        """The person of this handle."""
        key = self._key(handle)
        return self.filter(models.Q(face="", username_key=key) | models.Q(face=key)) if key else self.none()

    def called_like(self, begun: str, *, key: str = "") -> Self:
        """People whose handle or public name begins like that, in the order of their handles."""
        key = key or self._key(begun)
        by_name = models.Q(face="", username_key__startswith=key)
        faces = ~models.Q(face="") & (models.Q(face__startswith=key) | models.Q(shown_as__istartswith=begun))
        ordered = Coalesce(NullIf(models.F("face"), models.Value("")), models.F("username_key"))
        return self.filter(by_name | faces).annotate(handle_key=ordered).order_by("handle_key")

    def holding(self, name: str) -> Self:
        """Everybody to whom this name belongs, in public or at the door: nobody else may take it."""
        key = self._key(name)
        return self.filter(models.Q(username_key=key) | models.Q(face=key) | models.Q(shown_as__iexact=name))

    def _key(self, name: str) -> str:
        return self.model.key_of(name)[:80]  # type: ignore[no-any-return]


class ShownPersona:
    """What can be done with a persona."""

    pk: int
    alias: str
    person: Any

    @transaction.atomic
    def put_on(self) -> None:
        """From now on the person is known by this alias and nothing else. A new alias has a new address."""
        people = type(self.person).objects
        if self.person.shown_as == self.alias and self.person.face:
            return
        base = slugify(self.alias, allow_unicode=True)[:40].strip("-") or "team"
        taken = people.exclude(pk=self.pk)
        face, number = base, 1
        while taken.filter(models.Q(face=face) | models.Q(username_key=face)).exists():
            number += 1
            face = f"{base}-{number}"
        people.filter(pk=self.pk).update(shown_as=self.alias, face=face)
        self.person.shown_as, self.person.face = self.alias, face


class PersonaQuerySet(models.QuerySet[Any]):
    """How a face of the team begins."""

    @transaction.atomic
    def introduce(self, person: Any, *, alias: str, **fields: Any) -> Any:
        """Give somebody on the team a public face."""
        persona = self.create(person=person, alias=alias, **fields)
        persona.put_on()
        return persona
