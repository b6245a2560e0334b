"""What can be flagged. Each kind of object says how it is named, who answers for it, and which wording stands now.

@reviewed("post", Post)
class ReviewedPost(Subject): ...

Posts stand for their threads (the opening is the thread), so questions, ideas, reviews and articles are one kind.
Others, such as a ring of votes, register in their own app's `reviewing.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models

from community.people.models import Person


@dataclass(frozen=True)
class Subject:
    """An object of a case, seen by a moderator. A kind overrides what is different for it."""

    row: Any
    kind: ClassVar[str] = ""
    label: ClassVar[Any] = ""
    icon: ClassVar[str] = "flag"
    template: ClassVar[str] = "moderation/decisions/_subject.html"
    deeds: ClassVar[tuple[str, ...]] = ()
    """Names of the actions that make sense for it, from `moderation/decisions/deeds`."""
    always: ClassVar[tuple[str, ...]] = ()
    """What is done with it whatever else is done."""

    @property
    def title(self) -> str:
        return str(self.row)

    @property
    def concerns(self) -> Person | None:
        """Who answers for it and is told of a decision."""
        return None

    @property
    def url(self) -> str:
        find = getattr(self.row, "get_absolute_url", None)
        return find() if find else ""

    @property
    def version(self) -> str:
        """Says which wording this is: the same text has the same version."""
        return str(getattr(self.row, "version", 1))

    @property
    def brand(self) -> str:
        """Slug of the brand whose moderators look after it; empty when it is nobody's in particular."""
        return ""

    @property
    def text(self) -> str:
        """What it says now."""
        return ""

    @property
    def reach(self) -> int:
        """How many people follow it or take part."""
        return 0

    def wording(self, version: str) -> str:
        """What it said at an earlier version, as far as that is known."""
        return self.text

    def let_through(self, by: Any) -> None:
        """Nobody objects: what the gate held is published. Nothing happens to what was not held."""

    def is_seen_by(self, person: Any) -> bool:
        """Whether this person may read it, and so flag it."""
        return True


_kinds: dict[str, type[Subject]] = {}
_models: dict[type[models.Model], type[Subject]] = {}


def reviewed(kind: str, model: type[models.Model]) -> Callable[[type[Subject]], type[Subject]]:
    """Register a kind of object that can come before a moderator."""

    def register(subject: type[Subject]) -> type[Subject]:
        subject.kind = kind
        _kinds[kind], _models[model] = subject, subject
        return subject

    return register


def subject_of(row: models.Model) -> Subject:
    """The object as a moderator sees it. One that nobody registered is a programmer's mistake and fails loudly."""
    return _models[type(row)](row)


def kind_named(kind: str) -> type[Subject] | None:
    """The kind of this name."""
    return _kinds.get(kind)


def model_of(kind: str) -> type[models.Model] | None:
    """The rows of a kind."""
    return next((model for model, subject in _models.items() if subject.kind == kind), None)
