"""An act: what an automation does, how it is taken back, and how it is said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moderation.automation.matters import Matter
from moderation.automation.models import Automation

Fact = dict[str, Any]


@dataclass(frozen=True)
class Context:
    """For whom an act is done: the automation, and what its page asked for."""

    automation: Automation
    matter: Matter
    value: Any


@dataclass(frozen=True)
class Act:
    """One act. `does` calls verbs and answers what taking back needs; None when there was nothing to do.

    `takes_back` undoes it on behalf of a person; it answers a sentence when something cannot be taken back.
    """

    key: str
    label: Any
    says: Callable[[Any], Any]
    does: Callable[[Context], Fact | None]
    takes_back: Callable[[Fact, Any, str], str]
