"""What a reply address means: each wing registers its purposes, in a module `by_mail` of its apps.

An address names a purpose by its code, a row and a person. The purpose finds the place, and the place turns a trusted
letter into its deed: a message, an answer, a comment.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db.models import Model, QuerySet

from community.inbound.parts import Upload
from community.people.models import Person


@dataclass(frozen=True)
class Written:
    """What somebody wrote by mail: the new words, what stood below them, and the files."""

    by: Person
    words: str
    rest: str = ""
    mail_id: str = ""
    files: tuple[Upload, ...] = ()


@dataclass
class Place(ABC):
    """Where a letter belongs: one matter, and the person whose address it came to."""

    person: Person
    purpose: str = field(default="", init=False)
    about: int = field(default=0, init=False)

    @property
    @abstractmethod
    def subject(self) -> Model:
        """The matter, for the trail of events."""

    @property
    @abstractmethod
    def chain(self) -> str:
        """The mails of one matter are one thread in the mailbox, such as "thread-42"."""

    @property
    @abstractmethod
    def title(self) -> str:
        """The subject line of its mails."""

    @property
    @abstractmethod
    def url(self) -> str:
        """The page on which it goes on."""

    @property
    def staff_url(self) -> str:
        """The page on which the team looks at it."""
        return self.url

    @property
    def reason(self) -> str:
        """Why its person gets mail about it, for the foot of ours."""
        return ""

    @property
    def last_mail(self) -> str:
        """The Message-ID of the person's newest mail, so that ours stands below it."""
        return ""

    @property
    def is_over(self) -> bool:
        """Whether it was closed so long ago that nothing can be added."""
        return False

    def hears(self, colleague: Person) -> bool:
        """Whether somebody else who answers the person's mail is taken at their own word."""
        return False

    @abstractmethod
    def take(self, written: Written) -> None:
        """The deed. Raises a Refusal when a rule says no."""

    @abstractmethod
    def keep(self, words: str) -> None:
        """Keep words that cannot be taken as the person's draft."""


class Purpose(ABC):
    """One kind of reply address."""

    name: ClassVar[str]
    code: ClassVar[str]

    @abstractmethod
    def place(self, about: int, person: Person) -> Place | None:
        """The place of an address; None when there is none for this person."""

    @abstractmethod
    def worked_by(self, person: Any) -> QuerySet[Any]:
        """Keys of the rows whose mail this person of the team may look at."""


_purposes: dict[str, Purpose] = {}


def register(kind: type[Purpose]) -> type[Purpose]:
    """Class decorator: addresses with this code mean this purpose."""
    _purposes[kind.code] = kind()
    return kind


def purposes() -> list[Purpose]:
    """Every purpose."""
    return list(_purposes.values())


def purpose_of(code: str) -> Purpose | None:
    """The purpose of a code."""
    return _purposes.get(code)


def purpose_named(name: str) -> Purpose | None:
    """The purpose that a kept mail names."""
    return next((purpose for purpose in _purposes.values() if purpose.name == name), None)


def find_place(purpose: Purpose | None, about: int | None, person_pk: int | None) -> Place | None:
    """Where mail to this address belongs; None when that is gone."""
    person = Person.objects.filter(pk=person_pk).first() if purpose and about is not None else None
    place = purpose.place(about, person) if purpose and person and about is not None else None
    if place and purpose and about is not None:
        place.purpose, place.about = purpose.name, about
    return place
