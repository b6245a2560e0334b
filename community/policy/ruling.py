"""The checks that are rules: what each is called, which numbers it has, and where one reads the number in force.

A check declares itself beside its function, `LINKS = ruled(Ruled("links", …))`, and reads `number("links", "most")`.
With that it has a page, versions, a shadow, counts, trials and its own precision.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy


class Does(TextChoices):
    """What a check does with what it finds, for the moderators' pages."""

    REFUSE = "refuse", gettext_lazy("Refuses, says why and gives the text back")
    HOLD = "hold", gettext_lazy("Holds until somebody has looked")
    HINT = "hint", gettext_lazy("Puts it up for review")
    ALARM = "alarm", gettext_lazy("Raises an alarm")


@dataclass(frozen=True)
class Number:
    """One number of a check. Until somebody changes it, it is what the setting says."""

    key: str
    label: Any
    setting: str
    least: int = 0
    most: int = 1000

    @property
    def usual(self) -> int:
        return int(getattr(settings, self.setting))


@dataclass(frozen=True)
class Ruled:
    """A check that moderators can change."""

    key: str
    label: Any
    about: Any
    does: str = Does.REFUSE
    numbers: tuple[Number, ...] = ()

    def named(self, key: str) -> Number:
        """Its number of this name."""
        return next(number for number in self.numbers if number.key == key)


CHECKED: dict[str, Ruled] = {}
"""All of them, in the order in which they were declared."""


def ruled(check: Ruled) -> Ruled:
    """Declare one."""
    CHECKED[check.key] = check
    return check


_read: ContextVar[Mapping[str, Any] | None] = ContextVar("check_rules", default=None)


def rule_of(key: str) -> Any:
    """The check as it is in force: its row, or what the settings say while nobody has changed it."""
    model = apps.get_model("policy", "CheckRule")
    rows = _read.get()
    if rows is None:
        return model.objects.of(key)
    return rows.get(key) or model(key=key, state="on", version=1)


def number(key: str, name: str) -> int:
    """A number in force."""
    return int(rule_of(key).number(name))


@contextmanager
def rules_read() -> Iterator[None]:
    """The checks that somebody has changed are read once for all that is asked within."""
    if _read.get() is not None:
        yield
        return
    model = apps.get_model("policy", "CheckRule")
    token = _read.set(model.objects.by_key())
    try:
        yield
    finally:
        _read.reset(token)


@contextmanager
def as_if(rule: Any) -> Iterator[None]:
    """Within, this check has the numbers of `rule`, which nobody has kept yet: for trying them."""
    token = _read.set({rule.key: rule})
    try:
        yield
    finally:
        _read.reset(token)
