"""Where changes can wait for a look. Each kind says what stands there now, and how the change is published.

@waits("profile")
class ProfileChange(Waiting): ...

Apps register theirs in a `changes.py`. The moderators' review queue knows of changes only what is said here.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.policy.models import HeldChange
from community.refusals import Refusal

WAITS = gettext_lazy("Kept. It waits for a look; until then everybody reads what stood there before.")
"""What the page says after somebody has sent such a change."""


@dataclass(frozen=True)
class Waiting(ABC):
    """One change that waits, with the object that it is about."""

    change: HeldChange
    row: Any
    label: ClassVar[Any] = ""
    is_private: ClassVar[bool] = False
    """Whether nobody but the two sides reads it, also when it is published."""
    names: ClassVar[dict[str, Any]] = {}
    """What its fields are called, in words."""

    @property
    def title(self) -> str:
        """What is changed, in a few words."""
        return str(self.row)

    @property
    def url(self) -> str:
        """Where it will be seen."""
        return str(self.row.get_absolute_url())

    @property
    def brand(self) -> str:
        """Slug of the brand whose moderators look at it; empty when it is nobody's in particular."""
        return ""

    def now(self) -> dict[str, str]:
        """What the fields say now."""
        return {name: str(getattr(self.row, name, "")) for name in self.change.texts}

    @abstractmethod
    def publish(self) -> None:
        """Put the new words in place. Somebody has looked at them, so the gate is not asked again."""

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """For each field that becomes another one: its name, what it says, what it would say."""
        now = self.now()
        said = [(str(self.names.get(name, name)), now.get(name, ""), text) for name, text in self.change.texts.items()]
        return [row for row in said if row[1] != row[2]]


_kinds: dict[str, type[Waiting]] = {}


def waits(*kinds: str) -> Callable[[type[Waiting]], type[Waiting]]:
    """Register kinds of change."""

    def register(waiting: type[Waiting]) -> type[Waiting]:
        _kinds.update(dict.fromkeys(kinds, waiting))
        return waiting

    return register


def waiting_of(change: HeldChange) -> Waiting | None:
    """The change with its object; None when that is gone."""
    row = change.subject
    return _kinds[change.kind](change, row) if row is not None else None


@transaction.atomic
def publish_change(change: HeldChange, *, by: Person | None) -> None:
    """Somebody has looked, and nothing is against it."""
    change.settle(HeldChange.State.PUBLISHED, by=by)
    waiting = waiting_of(change)
    if waiting is None:
        raise Refusal(_("What it was about is gone."), code="gone")
    waiting.publish()
    record(Verb.CHANGE_PUBLISHED, actor=by, subject=change, kind=change.kind)
